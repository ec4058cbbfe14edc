import assert from 'node:assert/strict'
import { isGuid } from '../../triage/guid.js'

describe('triage/guid', () => {
  const id = '0123abcd-45ef-6789-abcd-ef0123456789'

  it('is known in small letters and in capitals', () => {
    for (const text of [id, id.toUpperCase(), '00000000-0000-0000-0000-000000000000']) assert.ok(isGuid(text), text)
  })

  it('is nothing that has more, less, or anything else', () => {
    for (const text of [
      '',
      `x${id}`,
      `${id}x`,
      ` ${id}`,
      `${id}\n`,
      `{${id}}`,
      id.slice(1),
      id.slice(0, -1),
      id.replaceAll('-', ''),
      id.replace('-45ef', ''),
      id.replace('45ef', '45e'),
      id.replace('45ef', '4-5ef'),
      id.replace('a', 'g'),
      id.replace('f', 'z'),
      '0123abcd-45ef-6789-abcd-ef012345678g',
      'g123abcd-45ef-6789-abcd-ef0123456789',
    ])
      assert.ok(!isGuid(text), text)
  })
})
