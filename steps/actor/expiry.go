package actor

import (
	"context"
	"errors"
	"strings"
)

// expiryLine begins the line of an SMS that says until when its passcode is good
// (p34-5).
const expiryLine = "有効期限:"

// TextExpires expects the newest SMS to say that its passcode is good until then.
func TextExpires(ctx context.Context, name, want string) error {
	got, err := texts(ctx, name)
	if err != nil {
		return err
	}
	if len(got) == 0 {
		return errors.New(name + "にSMSは届いていません")
	}
	judges(ctx)
	for line := range strings.Lines(got[len(got)-1].Body) {
		if said, ok := strings.CutPrefix(strings.TrimSpace(line), expiryLine); ok {
			return equal("SMSの有効期限", want, strings.TrimSpace(said))
		}
	}
	return errors.New("SMSに「" + expiryLine + "」の行がありません")
}
