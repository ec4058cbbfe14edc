import assert from 'node:assert/strict'
import { describeOpenConfirmations, describeReply } from '../../../dialogs/tell/describe-manager-reply.js'
import { caseId, mia } from '../../support/cast.js'
import { asked, askedOf, claimed, managerSaid, opened } from '../../support/diary.js'
import { seenAfter } from '../../support/seen.js'
import { words } from '../../support/words.js'

const question = { caseId, about: 'Kim', asker: 'Ada' }

describe('dialogs/tell/describe-manager-reply', () => {
  it('tells what waits: nothing, the one question, or all of them by their codes', () => {
    assert.equal(describeOpenConfirmations([], words), 'confirmation.none()')
    assert.equal(
      describeOpenConfirmations([question], words),
      `confirmation.waiting(asker=Ada, about=Kim, code=${caseId})`,
    )
    const two = describeOpenConfirmations([question, { ...question, caseId: 'C-2', about: 'Lee' }], words)
    assert.equal(two, `confirmation.which(code=${caseId}, questions=\n${caseId}: Kim\nC-2: Lee)`)
  })

  it('names ten questions at the most, and how many more there are', () => {
    const told = describeOpenConfirmations(
      Array.from({ length: 13 }, (_, n) => ({ ...question, caseId: `C-${n}` })),
      words,
    )
    assert.match(told, /\nC-9: Kim\nlist\.more\(count=3\)/)
    assert.doesNotMatch(told, /C-10/)
  })

  it('repeats what was recorded, with days and note', () => {
    const said = managerSaid('yes', '2026-03-01', '2026-03-05', 'a fair')
    assert.equal(
      describeReply(seenAfter(opened, claimed, asked, said)),
      `confirmation.recorded(code=${caseId}, about=Kim Karlsen, answer=manager.yes(), dates= manager.dates(from=2026-03-01, ` +
        'to=2026-03-05), note= “a fair”, asker=Ada Analyst)',
    )
    assert.equal(describeReply(seenAfter(opened, claimed, asked)), '')
  })

  it('shows what hides in names and notes, and bounds it', () => {
    const told = describeReply(
      seenAfter(opened, claimed, askedOf(mia, 'Kim\u202Emik'), managerSaid('no', null, null, 'x'.repeat(2000))),
    )
    assert.ok(told.includes('about=Kim[U+202E]mik') && told.length < 600, told)
    assert.ok(describeOpenConfirmations([{ ...question, about: 'a\nb\u200B' }], words).includes('about=a b[U+200B]'))
  })
})
