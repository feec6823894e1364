/** The validator is JavaScript without declarations; csaf-judge.ts says what it takes and gives. */
declare module '@secvisogram/csaf-validator-lib/*' {
  const exported: unknown;
  export default exported;
}
