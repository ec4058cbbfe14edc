import assert from 'node:assert/strict'
import { readGuide } from '../../../content/load/read-guide.js'
import { lineOf, shared, small } from '../files.js'

const read = (from: string, to: string) => {
  assert.ok(small().includes(from), from)
  const text = small().replace(from, to)
  const { guide, problems } = readGuide('small.yaml', text, shared)
  return { text, guide, problems: problems.map((one) => `${one.line}: ${one.text}`) }
}

describe('content/load/shared-texts', () => {
  it('puts shared texts into how, as often as they are referred to', () => {
    const { guide } = read('how: Look there.', 'how: "{read-log} Then look. {call-user}"')
    assert.equal(guide?.checks[0]?.how, 'Read the log. Then look. Call the user.')
  })

  it('puts shared texts into what is to be done', () => {
    const { guide } = read('do: Look around', 'do: "Look: {read-log}"')
    assert.equal(guide?.scope[0]?.do, 'Look: Read the log.')
  })

  it('takes what is to be done from the vocabulary when a step gives only its id, and keeps a text of its own', () => {
    const { guide } = read('{ id: suspend-user, do: Stop it }', '{ id: suspend-user, when: if it goes on }')
    assert.deepEqual(guide?.verdicts[0]?.actions, [
      { id: 'suspend-user', do: 'Suspend the account', optional: false, when: 'if it goes on' },
    ])
    assert.equal(guide?.verdicts[1]?.actions[0]?.do, 'Close it')
  })

  it('takes it from there for steps of scope and tuning as well', () => {
    const { guide } = read('{ id: look, do: Look around }', '{ id: contact-user }\ntuning:\n  - { id: close-alert }')
    assert.equal(guide?.scope[0]?.do, 'Call the user')
    assert.equal(guide?.tuning[0]?.do, 'Close the alert')
  })

  it('refuses a reference that leads nowhere, with the one that was probably meant', () => {
    const { text, problems } = read('how: Look there.', 'how: "{cal-user} Then look."')
    assert.deepEqual(problems, [
      `${lineOf(text, 'cal-user')}: there is no shared text '{cal-user}'; did you mean '{call-user}'?`,
    ])
    assert.match(read('how: Look there.', 'how: "{nonsense}"').problems[0] ?? '', /hows\.yaml has those there are/)
    assert.match(read('how: Look there.', 'how: "{call-user"').problems[0] ?? '', /no shared text '\{call-user'/)
    assert.match(read('how: Look there.', 'how: "{__proto__}"').problems[0] ?? '', /no shared text '\{__proto__\}'/)
  })

  it('refuses a step that does not say what to do and is not in the vocabulary', () => {
    const { text, problems } = read('{ id: look, do: Look around }', '{ id: close-alrt }')
    assert.deepEqual(problems, [
      `${lineOf(text, 'close-alrt')}: 'close-alrt' does not say what to do, and shared/actions.yaml does not list it; ` +
        "add a do, or did you mean 'close-alert'?",
    ])
  })

  it('does not take in shared texts elsewhere', () => {
    assert.match(read('about: It happened.', 'about: "{call-user}"').problems[0] ?? '', /leave the braces out/)
  })

  it('counts the shared texts when it looks at the length', () => {
    const { problems } = read('how: Look there.', `how: "{call-user} ${'so '.repeat(129)}."`)
    assert.match(problems[0] ?? '', /'checks\[1\]\.how' has 403 characters; shorten it to 400/)
  })
})
