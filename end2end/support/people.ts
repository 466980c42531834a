import type { NewStaff } from './server.ts'

/** Made on every server beside the demo chain: one of each role, and a clerk of another store. */
export const people = {
  clerk: { login: 'e2e.clerk', name: 'Kari Kasse', role: 'clerk', store: 'OSLO', language: 'nb', pin: '2580', password: 'till-and-parrot-7' },
  handler: { login: 'e2e.handler', name: 'Henrik Handler', role: 'handler', store: 'OSLO', language: 'nb', pin: '1470', password: 'desk-and-heron-7' },
  admin: { login: 'e2e.admin', name: 'Ada Admin', role: 'admin', store: 'OSLO', language: 'en', password: 'keys-and-raven-7' },
  otherClerk: { login: 'e2e.other', name: 'Olga Other', role: 'clerk', store: 'KRAKOW', language: 'pl', password: 'till-and-stork-7' },
} as const satisfies Record<string, NewStaff>

export type Person = (typeof people)[keyof typeof people]
