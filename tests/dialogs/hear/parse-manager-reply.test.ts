import assert from 'node:assert/strict'
import fc from 'fast-check'
import { parseManagerReply } from '../../../dialogs/hear/parse-manager-reply.js'

const code = '7K3F-9QXM-2ABC'
const nothing = { kind: 'answer-confirmation', caseId: null, asked: null, from: null, to: null, note: '' }
const reads = (intent: object | null, ...texts: readonly string[]): void => {
  for (const text of texts)
    assert.deepEqual(parseManagerReply(text), intent && { ...nothing, ...intent }, JSON.stringify(text))
}

describe('dialogs/hear/parse-manager-reply', () => {
  it('knows the four answers, however they are written', () => {
    reads({ answer: 'yes' }, 'yes', 'Yes.', ' YES! ', '“Yes”', "'yes'", 'yes 👍', '\u200Byes', 'yes\u00A0')
    reads({ answer: 'no' }, 'no', 'No.', '"no"')
    reads({ answer: 'not-sure' }, 'not sure', 'Not  sure.', 'not-sure', 'I’m not sure', 'I am not sure.')
    reads({ answer: 'not-my-report' }, 'not my report', 'Not my report.', 'not-my-report')
  })

  it('keeps what stands beside the answer as a note, as it was written', () => {
    reads({ answer: 'yes', note: 'he is travelling in Lisbon.' }, 'Yes, he is travelling in Lisbon.')
    reads(
      { answer: 'yes', note: 'he is in Lisbon' },
      'yes he is in Lisbon',
      'Yes - he is in Lisbon',
      'Yes… he is in Lisbon',
    )
    reads({ answer: 'yes', note: '(since Monday)' }, 'Yes (since Monday)')
    reads({ answer: 'yes', note: 'he is in Lisbon. Is that bad?' }, 'Yes, he is in Lisbon. Is that bad?')
    reads({ answer: 'yes', note: 'no one else was there' }, 'Yes, no one else was there')
    reads({ answer: 'no', note: 'She is at HOME' }, 'No. She is at HOME', 'No: She is at HOME')
    reads({ answer: 'no', note: 'that was not him' }, 'no that was not him')
    reads({ answer: 'no', note: 'no, he is at home' }, 'No, no, he is at home')
    reads({ answer: 'not-sure', note: 'ask Kim' }, 'Not sure, ask Kim', 'not sure ask Kim')
  })

  it('takes nothing for an answer that could be meant otherwise', () => {
    reads(
      null,
      '',
      'no idea',
      'No problem, it was him',
      'no worries',
      'No doubt it was him',
      'no-one',
      'nobody',
      'note',
    )
    reads(null, 'yes?', 'Yes, what is it about?', 'Yes. Who is asking?', 'no？', 'yes/no', 'yes and no', 'Yes, no.')
    reads(null, 'no, not sure', 'No, not my report', 'yes or no', 'yesterday', 'not', 'not my reports', 'not surely')
    reads(null, 'No, no problem', 'no, no problem, that was her', 'No, no worries!', 'No. No doubt it was him')
    reads(null, 'is it yes', 'queue', 'constructor', '__proto__', code, `${code} take`, 'answer 2', 'YES_')
  })

  it('reads exactly two days as a span, and leaves every other day in the note', () => {
    const span = { from: '2026-03-01', to: '2026-03-05' }
    reads({ answer: 'yes', ...span }, 'yes 2026-03-01 to 2026-03-05', 'Yes, from 2026-03-01 until 2026-03-05.')
    reads({ answer: 'yes', ...span }, 'Yes: 2026-03-01 - 2026-03-05', 'yes 2026-03-01–2026-03-05')
    reads({ answer: 'no', ...span }, 'no 2026-03-01 to 2026-03-05')
    const note = 'Lisbon, 2026-03-01 to 2026-03-05, a fair'
    reads({ answer: 'yes', ...span, note }, `Yes, ${note}`)
    for (const other of [
      'since 2026-03-01',
      '2026-03-01 or 2026-03-05',
      '2026-03-01 to 2026-03-05 or 2026-03-07',
      '1 March to 5 March',
      '2026-03-01 to 2026-03-051',
    ])
      reads({ answer: 'yes', note: other }, `yes, ${other}`)
  })

  it('finds the code of the case in front, or alone behind', () => {
    reads(
      { caseId: code, answer: 'yes' },
      `${code} yes`,
      `${code.toLowerCase()}: Yes.`,
      `case ${code}, yes`,
      `yes ${code}`,
    )
    reads({ caseId: code, answer: 'no' }, `no ${code}.`, `No, case ${code}`)
    reads({ caseId: code, answer: 'no', note: 'she is at home' }, `${code} no, she is at home`)
    reads({ caseId: code, answer: 'yes' }, `yes for ${code}`, `Yes, about case ${code}.`)
    reads({ caseId: code, answer: 'no' }, `no for ${code}`, `No to case ${code}`)
    reads({ caseId: code, answer: 'yes', note: 'as in 8888-9QXM-2ABC' }, `${code} yes, as in 8888-9QXM-2ABC`)
  })

  it('takes no answer that names a case in passing: it may be meant for that one, or for the one that waits', () => {
    reads(null, `yes, as in ${code}`, `Yes!! ${code} please`, `yes, it was him (${code.toLowerCase()})`)
  })

  it('never throws, is bounded, and takes no longer for a text that is endless', () => {
    const parts = fc.constantFrom('yes', 'no', 'not sure', code, '2026-03-01', ' to ', ', ', '?', ' ', '\u202E', 'and ')
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(parts).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (said) => {
        const intent = parseManagerReply(said)
        assert.ok(intent === null || said.includes(intent.note))
      }),
    )
    assert.ok((parseManagerReply(`yes, ${'x'.repeat(20_000)}`)?.note.length ?? 0) <= 4500)
    const before = process.cpuUsage().user
    for (const unit of ['.', ' ', '"', '2026-03-01 ', '2026-03-01 to ', 'no ', 'i am ', `${code} `, '\u200B'])
      for (const start of ['', 'yes', 'no, ', 'not ', `${code} `]) parseManagerReply(`${start}${unit.repeat(100_000)}x`)
    assert.ok(process.cpuUsage().user - before < 1_000_000, 'more than a second of work')
  })
})
