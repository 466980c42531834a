// A thousand cases changed in one go, from the press of the button until the last is committed; and the way back.
const CASES = 1000

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export async function bulk(server, database, people, note) {
  const { cookie } = people.find(({ login }) => login === 'ada')
  const press = async (action, fields) => {
    const answer = await server.ask('POST', `/api/${action}`, { cookie, accept: 'text/html', body: new URLSearchParams(fields).toString() })
    if (answer.status >= 400) throw new Error(`${action}: ${answer.status} ${answer.text.slice(0, 200)}`)
    return answer.headers.location
  }
  const cases = database.rows(`select id from cases where archived = 0 and phase = 'new' order by seq desc limit ${CASES}`)
  if (cases.length < CASES) throw new Error(`only ${cases.length} new cases to change`)
  const page = await press('begin_bulk', [['kind', 'status'], ...cases.map(({ id }) => ['cases[]', id])])
  const run = page.split('/').pop()
  const until = async (state) => {
    for (;;) {
      const [{ now }] = database.rows(`select state as now from bulk_runs where id = '${run}'`)
      if (now === state) return
      await pause(5)
    }
  }
  const timed = async (state, action, fields = {}) => {
    const begun = performance.now()
    await press(action, { run, ...fields })
    await until(state)
    return performance.now() - begun
  }
  const look = await timed('planned', 'bulk_status', { step: 'waiting_goods' })
  const change = await timed('done', 'start_bulk')
  const changed = database.rows(`select count(*) as cases from bulk_items where run_id = '${run}' and state = 'done'`)[0].cases
  if (Number(changed) !== CASES) throw new Error(`only ${changed} of ${CASES} cases were changed`)
  const undo = await timed('undone', 'undo_bulk')
  note('bulk', { look, change, undo })
}
