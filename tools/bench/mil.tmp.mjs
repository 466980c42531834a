import { Server } from './server.mjs'
import { Database } from './sample.mjs'
import { get, load } from './wrk.mjs'
const [dist, data, url] = process.argv.slice(2)
const pause = (ms) => new Promise((r) => setTimeout(r, ms))
const database = new Database({ data, url })
const server = await Server.make({ dist, data, url })
const say = (n, f) => console.log(n, JSON.stringify(f))
say('start', await server.start())
const people = []
for (const login of ['ada', 'hans', 'helena']) people.push({ login, cookie: await server.signIn(login) })
for (const { login, cookie } of people) {
  say(`today.all ${login}`, await load(server, [get('/?whose=all', cookie)], { seconds: 4 }))
  say(`today.mine ${login}`, await load(server, [get('/?whose=mine', cookie)], { seconds: 3 }))
  say(`list.active ${login}`, await load(server, [get('/cases?list=active', cookie)], { seconds: 3 }))
}
let t = performance.now()
await server.ask('GET', '/statistics', { cookie: people[0].cookie, accept: 'text/html' })
say('statistics.first', performance.now() - t)
say('statistics', await load(server, people.map((p) => get('/statistics', p.cookie)), { seconds: 5 }))
say('memory', server.memory())
await server.stop()
database.forgetDeadlines()
t = performance.now(); const c = server
await server.start()
while (!database.deadlinesDone()) await pause(50)
say('deadlines', { ms: performance.now() - t, cpu: server.cpuSeconds() })
await server.stop()
process.exit(0)
