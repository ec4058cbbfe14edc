import assert from 'node:assert/strict'
import { readGuide } from '../../../content/load/read-guide.js'
import { lineOf, shared, small } from '../files.js'

/** Break the small guide and expect exactly one problem, on the line that holds `at`, with the remedy in its text. */
const breaks = (from: string, to: string, at: string, remedy: RegExp): void => {
  assert.ok(small().includes(from), `the small guide has no "${from}"`)
  const text = small().replace(from, to)
  const { problems, guide } = readGuide('small.yaml', text, shared)
  assert.equal(guide, null)
  assert.equal(problems.length, 1, JSON.stringify(problems))
  assert.equal(problems[0]?.file, 'small.yaml')
  assert.match(problems[0]?.text ?? '', remedy)
  assert.equal(problems[0]?.line, lineOf(text, at), problems[0]?.text)
}

describe('content/load/check', () => {
  describe('tells file, line, what is wrong and what would be right for', () => {
    it('an unknown key', () =>
      breaks('severity:', 'seveirty: low\nseverity:', 'seveirty', /unknown key 'seveirty'; did you mean 'severity'\?/))
    it('an unknown key deep inside', () =>
      breaks(
        'means: It is bad.',
        'means: It is bad.\n    need: { first: "yes" }',
        'need: {',
        /'need'; did you mean 'needs'\?/,
      ))
    it('an unknown key that resembles none', () =>
      breaks(
        '- { id: look,',
        '- { frequency: 3, id: look,',
        'frequency',
        /'frequency'; this map has id, do, optional, when/,
      ))
    it('a missing key', () =>
      breaks('    how: Look there.\n', '', 'id: first', /'checks\[1\]\.how' is missing; add a text/))
    it('a wrong option in needs', () =>
      breaks(
        'needs: { first: "yes" }',
        'needs: { first: yess }',
        'yess',
        /the check 'first' has no option 'yess'; did you mean 'yes'\?/,
      ))
    it('a wrong option in the second of several needs', () =>
      breaks(
        'needs: { first: "yes" }',
        'needs:\n      - { first: "yes" }\n      - { second: never }',
        'never',
        /no option 'never'; there are yes, no, unknown/,
      ))
    it('a wrong check in against', () =>
      breaks(
        'against: { second: "no" }',
        'against: { secnd: "no" }',
        'secnd',
        /there is no check 'secnd'; did you mean 'second'\?/,
      ))
    it('true where an option belongs', () =>
      breaks('needs: { first: "yes" }', 'needs: { first: true }', 'first: true', /write an option of that check/))
    it('needs that is no map', () =>
      breaks('needs: { first: "yes" }', 'needs: always', 'needs: always', /write a map of checks to options/))
    it('an id that stands twice', () =>
      breaks(
        '- { id: "no", text: "No" }',
        '- { id: "no", text: "No" }\n      - { id: "no", text: "Never" }',
        'Never',
        /the id 'no' appears twice in this list; give one of them another/,
      ))
    it('an action id that stands twice', () =>
      breaks(
        '- { id: suspend-user, do: Stop it }',
        '- { id: suspend-user, do: Stop it }\n      - { id: suspend-user, do: Stop again }',
        'Stop again',
        /the id 'suspend-user' appears twice in this list/,
      ))
    it('an id that is not kebab-case', () =>
      breaks('id: look', 'id: Look_Around', 'Look_Around', /"Look_Around"; write it in kebab-case/))
    it('a key that stands twice in one map', () =>
      breaks(
        'family: cloud-apps',
        'family: cloud-apps\nfamily: elsewhere',
        'family: elsewhere',
        /the key 'family' appears here a second time; keep one/,
      ))
    it('a tab', () => breaks('  keys:', '\tkeys:', 'keys:', /a tab is used as indentation; use two blanks/))
    it('an item that begins where no other does', () => {
      const remedy = /^this item begins after \d+ blanks, the one above it after 6; begin both at the same place$/
      for (const blanks of [5, 7, 8])
        breaks('      - { id: "no", text: "No" }', `${' '.repeat(blanks)}- { id: "no", text: "No" }`, '"No"', remedy)
    })
    it('an unquoted colon', () =>
      breaks('about: It happened.', 'about: It happened: twice.', 'twice', /put a text that contains ": " in quotes/))
    it('an unknown severity', () =>
      breaks(
        'severity: low',
        'severity: hihg',
        'hihg',
        /one of informational, low, medium, high \(did you mean 'high'\?\)/,
      ))
    it('a number where a text belongs', () =>
      breaks('title: Title of small', 'title: 365', '365', /'title' is 365; write a text \(in quotes/))
    it('an empty text', () =>
      breaks('ask: Is it so?', 'ask: " "', 'ask: " "', /'checks\[1\]\.ask' is empty; write a text/))
    it('a text that is too long', () =>
      breaks('ask: Is it so?', `ask: ${'so '.repeat(45)}?`, 'so so', /has 136 characters; shorten it to 120/))
    it('a placeholder where none is filled', () =>
      breaks(
        'ask: Is it so?',
        'ask: "Was it {user}?"',
        '{user}?',
        /placeholders are filled in because and manager\.ask only/,
      ))
    it('a placeholder that nothing fills', () =>
      breaks(
        '"The evidence points to {user}."',
        '"The evidence points to {usr}."',
        '{usr}',
        /nothing fills '\{usr\}'; use \{user\}/,
      ))
    it('a missing undetermined', () =>
      breaks('id: undetermined', 'id: undecided', 'verdicts:', /'undetermined' is missing; add it/))
    it('an undetermined that needs something', () =>
      breaks(
        'means: Nobody knows.',
        'means: Nobody knows.\n    needs: { first: unknown }',
        'first: unknown',
        /take its needs and against out/,
      ))
    it('a verdict that needs nothing', () =>
      breaks('    needs: { first: "no" }\n', '', 'id: fp-fine', /'fp-fine' needs nothing, so it is always allowed/))
    it('a check that is asked for nothing', () =>
      breaks(
        '    against: { second: "no" }\n',
        '',
        'id: second',
        /no answer to 'second' changes anything; .* take the check out/,
      ))
    it('a verdict no answers lead to', () =>
      breaks(
        'needs: { first: "yes" }',
        'needs: { first: "yes", second: "no" }',
        'id: tp',
        /no answers lead to 'tp'; loosen/,
      ))
    it('a combination that asks first what is not asked', () =>
      breaks(
        'scope:',
        'follows:\n  - { after: other, within: 7d, says: It may be one., first: third }\nscope:',
        'third',
        /there is no check 'third' to ask first; write one of first, second/,
      ))
    it('an action that is not in the vocabulary', () =>
      breaks(
        'id: suspend-user, do: Stop it',
        'id: suspnd-user, do: Stop it',
        'suspnd-user',
        /shared\/actions\.yaml has no action 'suspnd-user'; did you mean 'suspend-user'\?/,
      ))
    it('an action that resembles none', () =>
      breaks('id: suspend-user, do: Stop it', 'id: pray, do: Pray', 'id: pray', /use one that is there, or add it/))
    it('a wrong option in the second of several against', () =>
      breaks(
        'against: { second: "no" }',
        'against:\n      - { second: "no" }\n      - { first: "yes", second: maybe }',
        'maybe',
        /the check 'second' has no option 'maybe'/,
      ))
    it('an empty ground', () =>
      breaks(
        'against: { second: "no" }',
        'against:\n      - {}\n      - { second: "no" }',
        '- {}',
        /is a map; name a check and its options, or leave the map out/,
      ))
    it('against that is no map', () =>
      breaks('against: { second: "no" }', 'against: never', 'against: never', /any one contradicts the verdict/))
    it('a range of days that runs backwards', () =>
      breaks(
        'about: It',
        'learning: { days: 45-21, effect: quiet }\nabout: It',
        '45-21',
        /'learning\.days' is "45-21"; write a number of days from 1 to 90, or a range such as 21-45/,
      ))
    it('a tuning step that stands twice', () =>
      breaks(
        'do: Look around }\n',
        'do: Look around }\ntuning:\n  - { id: tag, do: Tag it }\n  - { id: tag, do: Tag more }\n',
        'Tag more',
        /the id 'tag' appears twice in this list/,
      ))
    it('a type that is not the name of the file', () =>
      breaks('type: small', 'type: smaller', 'type: smaller', /name the file smaller\.yaml or correct the type/))
    it('the family of the generic guide', () =>
      breaks('family: cloud-apps', 'family: any', 'family: any', /belongs to 'other' alone; write the product/))
    it('a manager who is asked neither yes nor no', () => {
      const text = small()
        .replaceAll('"no"', 'never')
        .replace('how: Look there.', 'how: Look there.\n    manager: { ask: Was it? }')
      const { problems } = readGuide('small.yaml', text, shared)
      assert.deepEqual(problems, [
        {
          file: 'small.yaml',
          line: lineOf(text, 'options:'),
          text: `a manager answers 'first' with yes or no; give it options with the ids "yes" and "no"`,
        },
      ])
    })
  })
})
