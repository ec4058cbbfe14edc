import assert from 'node:assert/strict'
import { basename, join } from 'node:path'
import { loadGuides, readAll } from '../../../content/load/load.js'
import { isFault } from '../../../triage/fault.js'
import { alertsFolder, lineOf, sharedFolder, small, withFolder } from '../files.js'
import { readEverything } from '../guides.js'

/** The message of the fault these files lead to, with the folder taken out. */
const faultOf = (files: Readonly<Record<string, string>>): Promise<string> =>
  withFolder(files, async (folder) => {
    try {
      await loadGuides(folder, sharedFolder)
    } catch (error) {
      assert.ok(isFault(error, 'content/invalid'), String(error))
      return error.message.replaceAll(join(folder, '/'), '')
    }
    return assert.fail('the files were loaded')
  })

describe('content/load/load', () => {
  it('loads the guides Winnow comes with', async () => {
    const { reads, problems } = await readEverything()
    assert.deepEqual(problems, [])
    const types = reads.map(({ guide }) => guide?.type ?? '')
    for (const type of ['ARM_OperationFromSuspiciousIP', 'impossible-travel', 'other', 'ransomware-activity']) {
      assert.ok(types.includes(type), type)
    }
  })

  it('leaves translations and files that are no YAML aside', () =>
    withFolder(
      { 'other.yaml': small('other'), 'other.sv.yaml': 'title: Annat', 'README.md': 'Read me', '.x.yaml': '' },
      async (folder) => {
        assert.deepEqual(
          (await loadGuides(folder, sharedFolder)).map(({ type }) => type),
          ['other'],
        )
      },
    ))

  it('takes a type with a dot for a type, not for a translation', () =>
    withFolder({ 'other.yaml': small('other'), 'ARM_Tool.GetAll.yaml': small('ARM_Tool.GetAll') }, async (folder) => {
      assert.equal((await loadGuides(folder, sharedFolder)).length, 2)
    }))

  it('tells every problem of every file in one fault', async () => {
    const one = small('one').replace('severity', 'seveirty')
    const two = small('two').replace('first: "yes"', 'first: nope')
    const message = await faultOf({ 'one.yaml': one, 'two.yaml': two, 'other.yaml': small('other') })
    assert.match(message, /3 problems in the content; correct the files:/)
    assert.match(message, new RegExp(`^ {2}one\\.yaml:${lineOf(one, 'seveirty')}: unknown key 'seveirty'`, 'm'))
    assert.match(message, /^ {2}one\.yaml:1: 'severity' is missing; write one of informational/m)
    assert.match(
      message,
      new RegExp(`^ {2}two\\.yaml:${lineOf(two, 'nope')}: the check 'first' has no option 'nope'`, 'm'),
    )
  })

  it('refuses a key that two files claim, however it is spelled', async () => {
    const two = small('two').replace('[KEY_two]', '[KEY_two, alert_key_ONE]')
    const message = await faultOf({ 'one.yaml': small('one'), 'two.yaml': two, 'other.yaml': small('other') })
    assert.match(
      message,
      new RegExp(
        `two\\.yaml:${lineOf(two, 'KEY_two')}: the key 'alert_key_ONE' belongs to one\\.yaml:7 already; keep it in one`,
      ),
    )
  })

  it('refuses a title that two files claim, however it is spelled', async () => {
    const two = small('two').replace('title: Title of two', 'title: "Title of ONE activities (preview)"')
    const message = await faultOf({ 'one.yaml': small('one'), 'two.yaml': two, 'other.yaml': small('other') })
    assert.match(message, /two\.yaml:2: the title 'Title of ONE activities \(preview\)' belongs to one\.yaml:2 already/)
  })

  it('lets a guide share the title of another, when it says so', () =>
    withFolder(
      {
        'other.yaml': small('other'),
        'one.yaml': small('one'),
        'two.yaml': small('two').replace('title: Title of two', 'title: Title of one\nsharesTitle: one'),
      },
      async (folder) => {
        const two = (await loadGuides(folder, sharedFolder)).find(({ type }) => type === 'two')
        assert.deepEqual([two?.title, two?.sharesTitle], ['Title of one', 'one'])
      },
    ))

  it('says how to share a title', async () => {
    const two = small('two').replace('title: Title of two', 'title: Title of one')
    const message = await faultOf({ 'one.yaml': small('one'), 'two.yaml': two, 'other.yaml': small('other') })
    assert.match(message, /two\.yaml:2: the title .* keep it in one, or write sharesTitle: one here/)
  })

  it('refuses a shared title that leads nowhere, or that the other does not have', async () => {
    const sharing = (type: string, name: string) =>
      small(type).replace(`title: Title of ${type}`, `title: Title of one\nsharesTitle: ${name}`)
    const others = { 'one.yaml': small('one'), 'other.yaml': small('other') }
    const said = (name: string, more = {}) => faultOf({ ...others, ...more, 'two.yaml': sharing('two', name) })
    assert.match(await said('oen'), /two\.yaml:3: there is no guide 'oen'; did you mean 'one'\?/)
    assert.match(await said('nothing-like-it'), /there is no guide 'nothing-like-it'; name the type of one/)
    assert.match(await said('other'), /two\.yaml:3: the title of 'other' is 'Title of other'; write the same title/)
    assert.match(await said('two'), /two\.yaml:3: 'two' does not have the title for its own; name another guide/)
    assert.match(await said('six', { 'six.yaml': sharing('six', 'one') }), /two\.yaml:3: 'six' does not have the title/)
    assert.doesNotMatch(await said('bad', { 'bad.yaml': small('bad').replace('severity', 'x') }), /two\.yaml/)
  })

  it('tells what is wrong in the shared texts', () =>
    withFolder(
      {
        'other.yaml': small('other'),
        'hows.yaml': 'Call_User: Call.\nlook: ""\n',
        'actions.yaml': 'close-alert: { doo: Close it }\n',
        'look-ups.yaml': '{}\n',
      },
      async (folder) => {
        const { problems } = await readAll(folder, folder)
        const said = problems.map(({ file, line, text }) => `${basename(file)}:${line}: ${text}`)
        assert.ok(said.includes("hows.yaml:2: 'look' is empty; write a text"), said.slice(0, 5).join('\n'))
        assert.ok(said.some((text) => text.startsWith("hows.yaml:1: 'Call_User' is not an id; write it in kebab-case")))
        assert.ok(said.includes("actions.yaml:1: unknown key 'doo'; did you mean 'do'?"))
      },
    ))

  it('says which shared texts are missing', () =>
    assert.rejects(loadGuides(alertsFolder, '/nowhere'), (error) => {
      assert.ok(isFault(error, 'content/unreadable'))
      assert.match(error.message, /cannot read \/nowhere\/hows\.yaml; the guides take their shared texts from it/)
      return true
    }))

  it('finds the shared texts that no guide takes in', async () => {
    const how = 'hows.yaml'
    const files = {
      [how]: 'one: One.\ntwo: Two.\n',
      'actions.yaml': 'close-alert: { do: Close it }\n',
      'look-ups.yaml': '{}\n',
    }
    await withFolder({ ...files, 'a.yaml': small('a').replace('Look there.', '"Look. {one}"') }, async (folder) => {
      const { unused } = await readAll(folder, folder)
      assert.deepEqual(
        unused.map(({ file, line, text }) => [basename(file), line, text]),
        [[how, 2, "no guide takes in '{two}'; use it, or take it out"]],
      )
    })
  })

  it('refuses a folder without the generic guide', async () => {
    assert.match(await faultOf({ 'one.yaml': small('one') }), /other\.yaml:1: is missing; it is the guide for alerts/)
  })

  it('does not call a generic guide missing that is merely wrong', async () => {
    const message = await faultOf({ 'other.yaml': small('other').replace('severity', 'seveirty') })
    assert.doesNotMatch(message, /is missing; it is the guide/)
  })

  it('refuses a file that would silently not be read', async () => {
    const message = await faultOf({ 'one.yml': small('one'), 'other.yaml': small('other') })
    assert.match(message, /one\.yml:1: is not read; rename it to one\.yaml/)
  })

  it('says which folder cannot be read', async () => {
    await assert.rejects(loadGuides('/nowhere/at/all'), (error) => {
      assert.ok(isFault(error, 'content/unreadable'))
      assert.match(error.message, /\/nowhere\/at\/all; name a folder that can be read/)
      return true
    })
  })
})
