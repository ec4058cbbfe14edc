/**
 * The same work, done once for each thing it is about, as long as that is there: for what follows from something that never changes,
 * such as an alert, and is asked for by each card and each press.
 */
export const onceFor = <About extends object, Made>(work: (about: About) => Made): ((about: About) => Made) => {
  const done = new WeakMap<About, { readonly made: Made }>()
  return (about) => {
    const known = done.get(about)
    if (known) return known.made
    const made = work(about)
    done.set(about, { made })
    return made
  }
}
