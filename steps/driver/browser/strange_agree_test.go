package browser_test

import (
	"errors"
	"testing"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

// TestWhoeverAgreesByTheButtonAloneIsNotAskedToSendWithoutIt: the same request would
// be sent.
func TestWhoeverAgreesByTheButtonAloneIsNotAskedToSendWithoutIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		form  string
		asked bool
	}{
		"a button without a value":   {`<button>規約に同意して登録</button>`, false},
		"a button with a value":      {`<button name="agreed" value="1">規約に同意して登録</button>`, true},
		"a box to tick":              {`<label><input type="checkbox" name="t"> 規約に同意する</label><button>規約に同意して登録</button>`, true},
		"a box about something else": {`<label><input type="checkbox" name="t"> お知らせを受け取る</label><button>規約に同意して登録</button>`, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := strangersOf(t, browser.IPhone, browser.Foreign{})
			p.of(t, `<h1>規約</h1><form method="post" action="#">`+c.form+`</form>`)
			_, err := p.Session.(driver.App).Agree(t.Context(), false)
			if errors.Is(err, driver.ErrInapplicable) == c.asked || c.asked && err != nil {
				t.Errorf("got %v", err)
			}
		})
	}
}
