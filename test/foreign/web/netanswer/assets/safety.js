// 安全性メーター: judges an ID or a password while it is typed.
(() => {
  const NAMES = ["", "低い", "普通", "高い", "非常に高い"];

  function runs(text) {           // characters which merely go on (abc, 321, aaa)
    let count = 0;
    for (let i = 2; i < text.length; i++) {
      const a = text.charCodeAt(i - 2), b = text.charCodeAt(i - 1), c = text.charCodeAt(i);
      if (b - a === c - b && Math.abs(c - b) <= 1) count++;
    }
    return count;
  }

  function grade(text) {
    const allowed = /^[A-Za-z0-9\-=@_]{8,16}$/.test(text);
    if (!allowed || !/[A-Za-z]/.test(text) || !/[0-9]/.test(text)) return 1;
    const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[-=@_]/].filter((k) => k.test(text)).length;
    let points = kinds - 1;
    if (text.length >= 10) points++;
    if (text.length >= 12) points++;
    if (new Set(text.toLowerCase()).size >= 8) points++;
    points -= Math.min(2, runs(text.toLowerCase()));
    return points >= 5 ? 4 : points >= 3 ? 3 : 2;
  }

  for (const input of document.querySelectorAll("[data-safety]")) {
    const output = document.getElementById(input.dataset.safety);
    const meter = document.getElementById(input.id + "-meter");
    const show = () => {
      const level = input.value ? grade(input.value) : 0;
      meter.value = level;
      output.textContent = level ? "安全性：" + NAMES[level] : "";
      output.className = "level" + level;
    };
    input.addEventListener("input", show);
    show();
  }
})();
