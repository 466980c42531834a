import { expect, open, people, ready, signInAs, test } from '../support/test.ts'
import { speak } from '../support/words.ts'

const t = speak('nb')
test.use({ locale: 'nb-NO', serviceWorkers: 'allow' })

test('without a network a kind page stands there, and only hashed files are kept', async ({ page, context, strict }) => {
  strict.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|503/)
  await signInAs(page, people.clerk)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  // Now through the worker.
  await page.reload()
  await ready(page)
  await open(page, '/cases?list=active')

  const kept = await page.evaluate(async () => {
    const paths: string[] = []
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname)
    }
    return paths
  })
  expect(kept).toContain('/offline.html')
  expect(kept.filter((path) => path.endsWith('.wasm'))).toHaveLength(1)
  for (const path of kept.filter((path) => path !== '/offline.html')) expect(path).toMatch(/^\/pkg\/.+\.[0-9a-f]{8,}\.(js|wasm|css)$/)

  await context.setOffline(true)
  // The open page says so …
  await expect(page.getByText(t('shell.offline'))).toBeVisible()
  // … and a new one comes from the cache, with no customer's data in it.
  await page.goto('/archive')
  await expect(page.getByRole('heading', { name: 'Ikke nett akkurat nå' })).toBeVisible()
  await context.setOffline(false)
  await page.getByRole('link', { name: /Prøv igjen/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: t('list.archive') })).toBeVisible()
})

test('it can be installed', async ({ page, request }) => {
  await open(page, '/sign-in')
  const href = await page.locator('link[rel=manifest]').getAttribute('href')
  const manifest = await (await request.get(href ?? '')).json()
  expect(manifest.start_url).toBeTruthy()
  expect(manifest.display).toBe('standalone')
  const sizes: string[] = manifest.icons.map((icon: { sizes: string }) => icon.sizes)
  expect(sizes).toEqual(expect.arrayContaining(['192x192', '512x512']))
  // What a browser asks for beside a file that it shows, which has no head to name an icon.
  const favicon = await request.get('/favicon.ico')
  expect([favicon.status(), favicon.headers()['content-type']]).toEqual([200, 'image/x-icon'])
  for (const icon of manifest.icons as { src: string; type: string }[]) {
    const answer = await request.get(icon.src)
    expect(answer.headers()['content-type']).toBe(icon.type)
  }
})
