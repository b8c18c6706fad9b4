package browser_test

import "testing"

// TestTermsThatAreOpenedAndClosedAtOnceHaveBeenOpened: a browser that has more to do
// tells a page of both when they are over.
func TestTermsThatAreOpenedAndClosedAtOnceHaveBeenOpened(t *testing.T) {
	t.Parallel()
	b, _ := newChromium(t)
	page := newPage(t, b, phone)
	visit(t, page, newSandbox(t).url+"/registration")
	const early = `document.getElementById("terms_agreed").classList.contains("early")`
	if !evaluate[bool](t, page, early) {
		t.Fatal("the terms are read before they are opened")
	}
	if evaluate[bool](t, page, `(async (terms) => {
  terms.showPopover();
  terms.hidePopover();
  await new Promise((done) => setTimeout(done, 100));
  return `+early+`;
})(document.getElementById("terms"))`) {
		t.Error("the terms were opened, and are not read")
	}
}
