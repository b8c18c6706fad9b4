// Marks the fields of a name, so that they can be used; returns for each how it
// is written into.
let found = [];
for (const word of wanted) {
  found = named(word);
  if (found.length) break;
}
if (kind === "action") {
  const actions = pressables().filter((el) => !roles.length || roles.some((r) => el.matches(r)));
  const match = (test) => actions.filter((el) => wanted.some((w) => names(el).some((n) => test(same(n), same(w)))));
  found = match((a, w) => a === w);
  if (!found.length && loose) found = match((a, w) => w.length > 1 && a.includes(w));
  if (!found.length) { // a box that is ticked is pressed as well
    found = fieldsOf().filter((f) => ticked(f) && wanted.some((w) => same(own(f)) === same(w)));
  }
  const ready = found.filter((el) => !idle(el));
  if (ready.length) found = ready;
  // Of several the one of the likeliest name comes first, then the button before the link.
  const rank = (el) => { const at = wanted.findIndex((w) => names(el).some((n) => same(n) === same(w))); return at < 0 ? wanted.length : at; };
  found.sort((a, b) => rank(a) - rank(b) || (a.tagName === "A") - (b.tagName === "A"));
}
if (kind === "secret") found = fieldsOf().filter((f) => f.type === "password");
if (kind === "any") found = fieldsOf().filter((f) => !ticked(f) && !choice(f) && !f.readOnly && !f.disabled);
if (kind === "option") found = every("[role=option]").filter((el) => shown(el) && boxed(el) && !idle(el));
if (kind === "choice") found = fieldsOf().filter(choice);
if (kind === "box") found = fieldsOf().filter((f) => ticked(f));
if (kind === "yes" && stage.modal && !/規約|第1条/.test(spoken(stage.modal))) { // what asks whether to go on
  const ways = pressables();
  const yes = ways.filter((el) => names(el).some((n) => /^((OK|はい|進む|続ける|続行|次へ|確定|送信|登録|同意)(する|して進む)?|はい、.*)$/i.test(same(n))));
  if (ways.length > 1 && yes.length === 1) found = yes;
  else if (ways.length === 2 && !every(writable, stage.modal).some(visible) && !/誤り|違い|エラー|期限|できません|でした/.test(plain(spoken(stage.modal)))) {
    const said = (el, words) => names(el).some((n) => words.test(same(n))); // its own words beside those that leave all as it was
    const no = ways.filter((el) => said(el, /^(いいえ|やめる|中止|キャンセル|取消|取り消し|取り消す|閉じる|とじる|戻る|もどる|cancel|close|×|✕)(する)?$/i));
    const on = ways.filter((el) => !no.includes(el) && !said(el, /最初から|やり直|戻|もどる|トップ|ホーム|ログイン|問い合わせ|電話|詳し|修正/));
    if (no.length === 1 && on.length === 1) found = on;
  }
}
if (kind === "terms") {
  found = every("*").filter((el) => visible(el) && el.scrollHeight > el.clientHeight + 4 &&
    ["auto", "scroll"].includes(getComputedStyle(el).overflowY) && /第1条|第１条|規約/.test(el.value || spoken(el)));
  found.sort((a, b) => spoken(a).length - spoken(b).length);
}
return JSON.stringify(found.map((el, i) => {
  el.setAttribute("data-netanswer-" + turn, i);
  return { Tag: el.tagName, Type: el.type ?? "", Role: el.getAttribute("role") ?? "", Max: el.maxLength > 0 || el.size !== 1 ? el.maxLength ?? -1 : 1, Idle: idle(el), Name: name(el), Own: own(el), ReadOnly: !!el.readOnly,
    Ticked: !!el.checked || el.ariaChecked === "true", Covered: !visible(el) || !shown(el), Link: el.matches("a[target], form[target] *"),
    Options: el.tagName === "SELECT" ? [...el.options].map((o) => fold(o.label)) : [] };
}));
