/**
 * Hands a part, or something just checked, to the framework as the whole it asks for: its types demand every field where its
 * service takes a few. The only cast of this room.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters -- see above
export const whole = <T>(part: unknown): T => part as T
