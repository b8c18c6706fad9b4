// Counts the time left to call down, second by second, as the world's clock goes
// (p35-2). A clock that stands still leaves it as the server wrote it.

const left = document.querySelector("[data-left]");

if (left?.dataset.running === "true") {
  const end = performance.now() + Number(left.dataset.left) * 1000;
  const show = () => {
    const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}分${String(seconds % 60).padStart(2, "0")}秒`;
    if (seconds === 0) clearInterval(timer);
  };
  const timer = setInterval(show, 1000);
}
