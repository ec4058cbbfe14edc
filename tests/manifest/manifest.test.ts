import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { AppManifestUtils } from '@microsoft/app-manifest'
import { z } from 'zod'
import { parseMessage } from '../../dialogs/hear/parse-message.js'
import { fill } from '../../manifest/fill.js'
import { particulars } from './particulars.js'

const commands = z.array(z.strictObject({ title: z.string(), description: z.string() }))
const shape = z.looseObject({
  manifestVersion: z.string(),
  id: z.string(),
  bots: z.tuple([
    z.looseObject({
      botId: z.string(),
      scopes: z.array(z.string()),
      commandLists: z.array(z.strictObject({ scopes: z.array(z.string()), commands })),
    }),
  ]),
})
const filled = fill(JSON.parse(readFileSync('manifest/manifest.json', 'utf8')), particulars)
const manifest = shape.parse(filled)
const [bot] = manifest.bots

/** What Microsoft's schema of that version says against a manifest; the validator brings the schemas along. */
const problems = (one: object): Promise<readonly string[]> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is wrong with it is the question
  AppManifestUtils.validateAgainstSchema(one as Parameters<typeof AppManifestUtils.validateAgainstSchema>[0])

/** Every text in it, with where it stands. */
const texts = (part: unknown, at = ''): readonly (readonly [string, string])[] =>
  typeof part === 'string'
    ? [[at, part]]
    : typeof part === 'object' && part !== null
      ? Object.entries(part).flatMap(([name, value]) => texts(value, `${at}/${name}`))
      : []

describe('manifest/manifest.json', () => {
  it("satisfies Microsoft's schema, the one it names and newer ones", async () => {
    assert.equal(manifest.manifestVersion, '1.25')
    for (const version of ['1.25', '1.27', '1.29', '1.30']) {
      const $schema = `https://developer.microsoft.com/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`
      assert.deepEqual(await problems({ ...manifest, $schema, manifestVersion: version }), [], version)
    }
  })

  it('would not satisfy it with a text too long, an unknown property, or no id', async () => {
    const { id: _, ...without } = manifest
    const wrong = [
      { ...manifest, description: { short: 'x'.repeat(81), full: 'x' } },
      { ...manifest, nonsense: 1 },
      without,
    ]
    for (const one of wrong) assert.equal((await problems(one)).length, 1)
  })

  it('has the ids and addresses of the installation, and every address begins with https://', () => {
    assert.deepEqual([manifest.id, bot.botId], [particulars.appId, particulars.appId])
    const addresses = texts(filled).filter(([, text]) => /^[a-z]+:\/\//i.test(text))
    assert.deepEqual(
      addresses.map(([at]) => at),
      ['/$schema', '/developer/websiteUrl', '/developer/privacyUrl', '/developer/termsOfUseUrl'],
    )
    assert.ok(addresses.every(([, text]) => text.startsWith('https://')))
    assert.ok(texts(filled).every(([, text]) => !text.includes('{{')))
  })

  it('offers Winnow to teams and in personal chats, where managers are asked, and nowhere else', () => {
    assert.deepEqual(bot.scopes, ['team', 'personal'])
    assert.deepEqual(
      bot.commandLists.flatMap(({ scopes }) => scopes),
      ['team', 'personal'],
    )
  })

  it('asks for no permission: no consent, no account of its own, no domain, no file, no call', () => {
    for (const asked of [
      'permissions',
      'devicePermissions',
      'webApplicationInfo',
      'authorization',
      'supportsChannelFeatures',
    ])
      assert.equal(manifest[asked], undefined, asked)
    assert.deepEqual(manifest['validDomains'], [])
    assert.deepEqual([bot['supportsFiles'], bot['supportsCalling'], bot['supportsVideo']], [false, false, false])
  })

  it('lists commands that Winnow understands, each where it works', () => {
    const inChannels = ['post here', 'on call', 'off call']
    const [team = [], personal = []] = bot.commandLists.map((list) => list.commands.map(({ title }) => title))
    assert.deepEqual(team, ['queue', 'mine', 'case', ...inChannels, 'help'])
    assert.deepEqual(
      personal,
      team.filter((title) => !inChannels.includes(title)),
    )
    for (const title of team) {
      const [typed, kind] = title === 'case' ? ['case 7K3F-9QXM-2ABC', 'show-card'] : [title, title.replace(' ', '-')]
      assert.equal(parseMessage(typed).kind, kind)
    }
  })

  it('has descriptions that fit on a line of the command menu', () => {
    const long = bot.commandLists
      .flatMap((list) => list.commands)
      .filter(({ title, description }) => title.length > 32 || description.length > 60)
    assert.deepEqual(long, [])
  })
})
