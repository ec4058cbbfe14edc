/** The text of an answer, in UTF-8; null as soon as it has more than so many bytes. */
export const readBounded = async (response: Response, mostBytes: number): Promise<string | null> => {
  if (response.body === null) return ''
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body) {
    bytes += part.byteLength
    // Leaving the loop lets go of the connection.
    if (bytes > mostBytes) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
