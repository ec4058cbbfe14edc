import assert from 'node:assert/strict'
import { join } from 'node:path'
import { loadPlaybooks } from '../../content/load.js'
import { isFault } from '../../triage/fault.js'
import { alertsFolder, lineOf, sharedFolder, small, withFolder } from './files.js'

/** The message of the fault these files lead to, with the folder taken out. */
const faultOf = (files: Readonly<Record<string, string>>): Promise<string> =>
  withFolder(files, async (folder) => {
    try {
      await loadPlaybooks(folder, sharedFolder)
    } catch (error) {
      assert.ok(isFault(error, 'content/invalid'), String(error))
      return error.message.replaceAll(join(folder, '/'), '')
    }
    return assert.fail('the files were loaded')
  })

describe('content/load', () => {
  it('loads the playbooks Winnow comes with', async () => {
    const types = (await loadPlaybooks(alertsFolder)).map(({ type }) => type)
    for (const type of ['ARM_OperationFromSuspiciousIP', 'impossible-travel', 'other', 'ransomware-activity']) {
      assert.ok(types.includes(type), type)
    }
  })

  it('leaves translations and files that are no YAML aside', () =>
    withFolder(
      { 'other.yaml': small('other'), 'other.sv.yaml': 'title: Annat', 'README.md': 'Read me', '.x.yaml': '' },
      async (folder) => {
        assert.deepEqual(
          (await loadPlaybooks(folder, sharedFolder)).map(({ type }) => type),
          ['other'],
        )
      },
    ))

  it('takes a type with a dot for a type, not for a translation', () =>
    withFolder({ 'other.yaml': small('other'), 'ARM_Tool.GetAll.yaml': small('ARM_Tool.GetAll') }, async (folder) => {
      assert.equal((await loadPlaybooks(folder, sharedFolder)).length, 2)
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
    await assert.rejects(loadPlaybooks('/nowhere/at/all'), (error) => {
      assert.ok(isFault(error, 'content/unreadable'))
      assert.match(error.message, /\/nowhere\/at\/all; name a folder that can be read/)
      return true
    })
  })
})
