/** Somebody who can sign in on every server that is seeded with the demo chain (server/src/demo/content.rs). */
export interface Person {
  login: string
  name: string
  password: string
  locale: 'en' | 'nb' | 'pl'
  /** Codes of their stores. */
  stores: string[]
}

const password = 'redress-demo'

/** Their PIN at a store's tablet. */
export const pin = '2468'

export const people = {
  admin: { login: 'ada', name: 'Ada Nordby', password, locale: 'en', stores: ['OSLO', 'BERGEN', 'KRAKOW', 'GDANSK'] },
  handler: { login: 'hans', name: 'Hans Solberg', password, locale: 'nb', stores: ['OSLO', 'BERGEN'] },
  polishHandler: { login: 'helena', name: 'Helena Wójcik', password, locale: 'pl', stores: ['KRAKOW', 'GDANSK'] },
  /** Reads English, works in Oslo. */
  clerk: { login: 'emma', name: 'Emma Clarke', password, locale: 'en', stores: ['OSLO'] },
  norwegianClerk: { login: 'kari', name: 'Kari Lund', password, locale: 'nb', stores: ['OSLO'] },
  polishClerk: { login: 'kasia', name: 'Kasia Nowak', password, locale: 'pl', stores: ['KRAKOW'] },
  /** Of another store than `clerk`. */
  otherClerk: { login: 'jonas', name: 'Jonas Berg', password, locale: 'nb', stores: ['BERGEN'] },
} satisfies Record<string, Person>
