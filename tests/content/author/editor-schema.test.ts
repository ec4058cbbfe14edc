import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { editorSchema } from '../../../content/author/editor-schema.js'

describe('content/author/editor-schema', () => {
  it('is what content/guide.schema.json holds; if not, run: npx tsx content/author/write-schema.ts', async () => {
    assert.equal(await readFile('content/guide.schema.json', 'utf8'), editorSchema())
  })

  it('knows the keys of a guide and allows no others', () => {
    const schema: unknown = JSON.parse(editorSchema())
    assert.ok(typeof schema === 'object' && schema !== null)
    assert.ok('additionalProperties' in schema && schema.additionalProperties === false)
    assert.ok('required' in schema && Array.isArray(schema.required) && schema.required.includes('verdicts'))
  })
})
