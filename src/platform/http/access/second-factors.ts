/** The second factors of accounts. The feature that has them implements it. */
export abstract class SecondFactors {
  /** The types of a user's factors; none for most users. @throws DependencyUnavailable */
  abstract of(userId: string): Promise<readonly string[]>;
}
