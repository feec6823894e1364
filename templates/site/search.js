// The search of the site. It reads the catalogue of each year, which the page lists, newest first, and shows what has every word.
// Nothing leaves the browser but the requests for these files.
'use strict';
(() => {
  const results = document.getElementById('results');
  const input = document.getElementById('q');
  const form = input.form;
  const status = results.querySelector('[role="status"]');
  const list = results.querySelector('ol');
  const { language, none, many, loading, failed } = results.dataset;
  const other = language === 'en' ? 'ja' : 'en';
  const MOST = 100;

  // As in vcc itself: width, case, hiragana for katakana, and the long-vowel sign do not matter.
  const fold = (text) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
      .replace(/\u30fc/g, '')
      .normalize('NFKC');

  const years = Array.from(document.querySelectorAll('[data-catalogue]'), (link) => ({ address: link.dataset.catalogue, folder: link.dataset.catalogue.replace(/index\.json$/, '') }));
  const loaded = new Map();
  const load = (year) => {
    if (!loaded.has(year)) {
      const wanted = fetch(year.address)
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
        .then(({ advisories }) => advisories.map((advisory) => ({ advisory, folder: year.folder, words: fold(wordsOf(advisory).join('\n')) })).sort((a, b) => (a.advisory.publishedAt < b.advisory.publishedAt ? 1 : -1)));
      // A connection that was down may come back.
      wanted.catch(() => loaded.delete(year));
      loaded.set(year, wanted);
    }
    return loaded.get(year);
  };

  const both = ({ en = '', ja = '' }) => [en, ja];
  const wordsOf = ({ id, titles, cves, vendors, products }) => [id, ...both(titles), ...cves, ...vendors.flatMap(({ names }) => both(names)), ...products.flatMap(({ vendor, name }) => [vendor, name])];

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const show = ({ advisory, folder }) => {
    const { id, number, titles, publishedAt, cves, vendors, products } = advisory;
    const there = titles[language] === undefined ? other : language;
    const row = element('li');
    row.append(element('a', titles[there], { href: `${folder}${encodeURIComponent(number)}/${there}.html`, ...(there === language ? {} : { lang: there, hreflang: there }) }));
    const names = products.map(({ vendor }) => {
      const known = vendors.find(({ names: { en, ja } }) => en === vendor || ja === vendor)?.names;
      return known?.[language] ?? vendor;
    });
    const facts = element('p', undefined, { class: 'facts' });
    for (const fact of [id, publishedAt.slice(0, 10), cves.slice(0, 3).join(', '), [...new Set(names)].slice(0, 3).join(language === 'ja' ? '、' : ', ')]) if (fact !== '') facts.append(element('span', fact), ' ');
    row.append(facts);
    list.append(row);
  };

  let run = 0;
  const search = async () => {
    run += 1;
    const own = run;
    const wanted = fold(input.value).split(/\s+/).filter((word) => word !== '');
    results.hidden = wanted.length === 0;
    list.replaceChildren();
    if (wanted.length === 0) return;
    status.textContent = loading;
    let found = 0;
    let broken = false;
    for (const year of years) {
      let entries = [];
      try {
        entries = await load(year);
      } catch {
        broken = true;
      }
      // Another word was typed in the meantime.
      if (own !== run) return;
      for (const entry of entries) {
        if (!wanted.every((word) => entry.words.includes(word))) continue;
        found += 1;
        if (found <= MOST) show(entry);
      }
      if (found > MOST) break;
    }
    status.textContent = [broken ? failed : '', found === 0 ? none : found > MOST ? many : ''].filter((part) => part !== '').join(' ');
  };

  input.value = new URLSearchParams(location.search).get('q') ?? '';
  input.addEventListener('input', search);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    history.replaceState(null, '', `?q=${encodeURIComponent(input.value)}`);
    search();
  });
  search();
})();
