/** A user whose password was made by the machine and is told this once. */
export interface IssuedPassword {
  email: string;
  password: string;
}

export interface NewStaff {
  email: string;
  displayName: string;
  roles: string[];
}

/** What the command line does to users while nobody can log in; it works on the database, without a bus. */
export interface Administration {
  /**
   * @param email  whose; without it the only active administrator's
   * @throws Error that says what to do when there is no such user, or more than one administrator
   */
  resetPassword: (email: string | undefined) => Promise<IssuedPassword>;
  /** Creates a user of the house. */
  createUser: (user: NewStaff) => Promise<IssuedPassword>;
  close: () => Promise<void>;
}
