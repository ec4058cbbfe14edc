import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { alertJsonSchema } from '../../intake/schema.js'
import { winnowAlert } from '../../intake/winnow.js'

describe('intake/schema', () => {
  it('is written down as it is: run `npx tsx intake/write-schema.ts` after a change', () => {
    const written = readFileSync('intake/alert.schema.json', 'utf8')
    assert.equal(written, `${JSON.stringify(alertJsonSchema(), null, 2)}\n`)
  })

  it('says of every field what it means', () => {
    for (const [name, field] of Object.entries(winnowAlert.shape)) assert.ok(field.description, name)
  })

  it('demands id and title and nothing else, and forbids unknown fields', () => {
    const alert = JSON.stringify(alertJsonSchema()).split('"$defs":{"alert":')[1] ?? ''
    assert.match(alert, /"required":\["id","title"\],"additionalProperties":false/)
  })
})
