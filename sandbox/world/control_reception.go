package world

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Receive makes an address accept no mail from domains; none makes it accept all
// again (p23-2, p30-2). With answers the sender is told, as by a mail server that
// refuses; without, the mail is dropped without a word.
func (s Control) Receive(ctx context.Context, name, address string, domains []string, answers bool) error {
	if !strings.Contains(address, "@") || len(domains) > 20 {
		return fmt.Errorf("%w: an address and at most 20 domains are needed", ErrRequest)
	}
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		st.Mailbox.Refuse(address, domains, answers)
		st.Timeline.add(now, "mail", address+" が受信しないドメイン: "+either(strings.Join(domains, "、"), "なし")+told(answers), "")
		return nil
	})
	return err
}

func told(answers bool) string {
	if answers {
		return "（差出人に知らせます）"
	}
	return ""
}
