import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { caseRow, columns, csvCell, csvHead, csvLine, jsonLine, verdictLines } from '../../../bot/cli/case-row.js'
import type { Alert } from '../../../triage/alert.js'
import type { Diary } from '../../../triage/event.js'
import { replay } from '../../../triage/evolve.js'
import { ada, now } from '../../support/cast.js'
import { claimed, closedWith, done, judgedAs, opened, openedWith, skipped, untilJudged } from '../../support/diary.js'
import { travel } from '../../support/guides.js'

const rowOf = (...diary: Diary) => {
  const state = replay(diary)
  assert.ok(state)
  return caseRow(state, travel)
}
const closing = [done('action/close-alert'), skipped('action/tag-range', 'No rights.'), closedWith('scope/same-place')]
const cells = (csv: string): unknown => parse(csv, { columns: true })
const withAlert = (alert: Partial<Alert>) => rowOf(openedWith(alert))

describe('bot/cli/case-row', () => {
  it('tells each verdict on one line of its own, whatever words were chosen', () => {
    const diary = [openedWith({ title: '=cmd()\r\n{"schema":"x"}\u2028\u0085\u202e' }), ...untilJudged.slice(1)]
    const lines = verdictLines(diary)
    assert.doesNotMatch(lines.slice(0, -1), /[\r\n\u0085\u2028\u202e]/)
    assert.equal(JSON.parse(lines).title, '=cmd()\r\n{"schema":"x"}\u2028\u0085\u202e')
  })

  it('tells who, what, when and what became of it, with every step', () => {
    const row = rowOf(...untilJudged, ...closing)
    assert.deepEqual(Object.keys(row), columns)
    assert.deepEqual(
      [row.case, row.source, row.alert_id, row.type, row.severity, row.state, row.sample],
      ['7K3F-9QXM-2ABC', 'winnow', 'a-1', 'impossible-travel', 'medium', 'closed', false],
    )
    assert.deepEqual([row.taken_by, row.judged_by, row.judged_at], [ada.name, ada.name, now])
    assert.deepEqual([row.closed_by, row.closed_at], [ada.name, now])
    assert.deepEqual([row.verdict_class, row.verdict, row.override_reason], ['FP', 'fp-vpn', null])
    assert.ok(row.because?.includes('192.0.2.10'))
    assert.deepEqual(
      [row.steps_done, row.steps_skipped, row.steps_left].map((steps) =>
        steps?.map(({ step, by, at, reason }) => [step, by, at, reason]),
      ),
      [
        [['action/close-alert', ada.name, now, undefined]],
        [['action/tag-range', ada.name, now, 'No rights.']],
        [['scope/same-place', undefined, undefined, undefined]],
      ],
    )
    assert.ok(row.steps_done.every(({ do: words }) => words !== ''))
  })

  it('says of an open case what is left by its guide, and of one without a verdict that nobody knows', () => {
    const row = rowOf(...untilJudged, done('action/close-alert'))
    assert.ok(row.steps_left?.some(({ step }) => step === 'action/tag-range'))
    assert.ok(!row.steps_left?.some(({ step }) => step === 'action/close-alert'))
    assert.deepEqual([row.state, row.closed_at], ['open', null])
    const fresh = rowOf(opened, claimed)
    assert.deepEqual(
      [fresh.steps_left, fresh.verdict_class, fresh.because, fresh.taken_by],
      [null, null, null, ada.name],
    )
    const override = rowOf(opened, claimed, judgedAs({ against: 'I know them.' }))
    assert.equal(override.override_reason, 'I know them.')
  })

  it('is a line of CSV that other programs read, with counts of steps', () => {
    const row = rowOf(...untilJudged, ...closing)
    const title = 'Say "no", then\nwait'
    assert.equal(csvHead, `${columns.join(',')}\r\n`)
    assert.deepEqual(cells(`${csvHead}${csvLine({ ...row, title })}`), [
      {
        ...Object.fromEntries(columns.map((column) => [column, row[column] ?? ''])),
        title: 'Say "no", then wait',
        persons: 'kim@contoso.example',
        addresses: '192.0.2.10 (NO); 198.51.100.7 (BR)',
        steps_done: '1',
        steps_skipped: '1',
        steps_left: '1',
        sample: 'no',
      },
    ])
  })

  it('lets no text become a formula, and none hide', () => {
    const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '\u200b=1', '\uff1d1']
    for (const title of texts) {
      const [found] = parse(`${csvHead}${csvLine(withAlert({ title }))}`, { columns: true })
      assert.match(String(Object(found).title), /^'/, JSON.stringify(title))
    }
    assert.equal(csvCell('=HYPERLINK("http://evil.example","x")'), `"'=HYPERLINK(""http://evil.example"",""x"")"`)
    assert.deepEqual([csvCell('plain - text'), csvCell(-3), csvCell('a\u202Eb')], ['plain - text', '-3', 'a[U+202E]b'])
  })

  it('stays one record of as many cells whatever a source sends', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 })
    fc.assert(
      fc.property(text, text, (title, name) => {
        const row = withAlert({ title, people: [{ upn: null, objectId: null, name }] })
        const records: readonly (readonly string[])[] = parse(`${csvHead}${csvLine(row)}`)
        assert.deepEqual(
          records.map((record) => record.length),
          [columns.length, columns.length],
        )
        assert.ok(records[1]?.every((cell) => !/^[=+\-@\t\r]/.test(cell)))
        assert.deepEqual(JSON.parse(jsonLine(row)), JSON.parse(JSON.stringify(row)))
      }),
    )
  })

  it('is a line of JSON with everything in it, in which nothing turns or hides text', () => {
    const line = jsonLine(withAlert({ title: 'a\u202Eb\u0007\u2028\u009b' }))
    assert.match(line, /^[\x20-\x7e]*\n$/)
    assert.equal(Object(JSON.parse(line)).title, 'a\u202Eb\u0007\u2028\u009b')
  })

  it('has every column in the page on running', () => {
    const page = readFileSync('docs/running.md', 'utf8')
    for (const column of columns) assert.ok(page.includes(`\`${column}\``), column)
  })
})
