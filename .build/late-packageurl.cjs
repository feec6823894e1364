// In place of packageurl-js: it sorts words by Intl while it is loaded, which takes half as long as Node's start, and most commands meet no package URL.
module.exports = {
  get PackageURL() {
    return require('../node_modules/packageurl-js/index.js').PackageURL;
  },
};
