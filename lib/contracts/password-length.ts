/** A shorter password is refused, wherever one is chosen. */
export const PASSWORD_LENGTH_MIN = 8;
