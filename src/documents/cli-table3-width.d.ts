/** The measure that cli-table3 lays its columns out with; it has no types of its own. */
declare module 'cli-table3/src/utils.js' {
  const measure: { readonly strlen: (text: string) => number };
  export default measure;
}
