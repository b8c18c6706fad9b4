package browser_test

import (
	"errors"
	"testing"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

// TestAFormIsNotSentAgainWhereAScriptHasSentSince: it is not what was done last, and would
// take the registration back to where the form stood. A count of visits is nothing done.
func TestAFormIsNotSentAgainWhereAScriptHasSentSince(t *testing.T) {
	t.Parallel()
	p := strangers(t, browser.Desktop)
	for name, c := range map[string]struct {
		script string
		again  bool
	}{
		"a form":                       {``, true},
		"a script that only looks":     {`fetch("/state")`, true},
		"a script that does something": {`fetch("/act", { method: "POST", body: new URLSearchParams({ go: "on" }) })`, false},
		"a beacon":                     {`navigator.sendBeacon("/seen", "x")`, true},
	} {
		t.Run(name, func(t *testing.T) {
			eyes := p.Session.(driver.Eyes)
			p.of(t, `<form method="post"><button name="go" value="1">確認する</button></form>`)
			see(t)(eyes.Press(t.Context(), "確認する"))
			p.of(t, `<button id="b">認証する</button><script>b.onclick = () => { `+c.script+` }</script>`)
			see(t)(eyes.Press(t.Context(), "認証する"))
			if _, err := p.Again(t.Context()); errors.Is(err, driver.ErrInapplicable) == c.again || c.again && err != nil {
				t.Errorf("sending again gave %v", err)
			}
		})
	}
}
