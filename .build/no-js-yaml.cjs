// In place of js-yaml, which gray-matter loads for files that vcc never gives it: ours is the only engine that reads front matter.
const refuse = () => {
  throw new Error('front matter reached js-yaml');
};
module.exports = { safeLoad: refuse, safeDump: refuse };
