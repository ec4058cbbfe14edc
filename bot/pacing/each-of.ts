/** Work on everything in a list, sixteen at once; what fails is told and the others go on. */
export const eachOf = async (
  list: readonly string[],
  failed: (error: unknown, one: string) => void,
  work: (one: string) => Promise<void>,
): Promise<void> => {
  const left = [...list]
  const workers = Array.from({ length: 16 }, async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      const name = one
      await work(name).catch((error: unknown) => failed(error, name))
    }
  })
  await Promise.all(workers)
}
