package world

import (
	"context"
	"strings"
	"time"

	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
)

// AwaitSMS waits for the newest SMS to a number that comes after another one.
func (s Control) AwaitSMS(ctx context.Context, name, to, after string) (found sms.Message, ok bool, err error) {
	ok, err = s.Await(ctx, name, func(m Snapshot) (bool, time.Time) {
		var there bool
		if found, there = m.SMS.Latest(to, after, m.Now); there {
			return true, time.Time{}
		}
		next, _ := m.SMS.Pending(to, m.Now)
		return false, next
	})
	return found, ok, err
}

// AwaitMail waits for the newest mail to an address that comes after another one.
func (s Control) AwaitMail(ctx context.Context, name, to, after string) (found mailbox.Mail, ok bool, err error) {
	ok, err = s.Await(ctx, name, func(m Snapshot) (bool, time.Time) {
		var there bool
		if found, there = m.Mailbox.Latest(to, after, m.Now); there {
			return true, time.Time{}
		}
		next, _ := m.Mailbox.Pending(to, m.Now)
		return false, next
	})
	return found, ok, err
}

// ForgetSMS forgets every SMS to a number, those under way included; "" is
// every number.
func (s Control) ForgetSMS(ctx context.Context, name, to string) error {
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		gone := map[string]bool{}
		for _, m := range st.SMS.List(to, endOfTime) {
			gone[m.ID] = true
		}
		st.SMS.Remove(func(m sms.Message) bool { return gone[m.ID] })
		st.Timeline.add(now, "sms", either(to, "すべて")+"のSMSを消しました", "")
		return nil
	})
	return err
}

// ForgetMail forgets every mail to an address, those under way included; "" is
// every address.
func (s Control) ForgetMail(ctx context.Context, name, to string) error {
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		st.Mailbox.Remove(func(m mailbox.Mail) bool { return to == "" || strings.EqualFold(m.To, to) })
		st.Timeline.add(now, "mail", either(to, "すべて")+"のメールを消しました", "")
		return nil
	})
	return err
}

// endOfTime is later than any clock shows, so that what is under way counts.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// UnderWay tells how many SMS to a number are accepted and not on the phone yet.
func (m Snapshot) UnderWay(to string) int {
	if _, any := m.SMS.Pending(to, m.Now); !any {
		return 0
	}
	return len(m.SMS.List(to, endOfTime)) - len(m.SMS.List(to, m.Now))
}

// MailUnderWay tells how many mails to an address are accepted and not in the
// mailbox yet.
func (m Snapshot) MailUnderWay(to string) int {
	if _, any := m.Mailbox.Pending(to, m.Now); !any {
		return 0
	}
	return len(m.Mailbox.List(to, endOfTime)) - len(m.Mailbox.List(to, m.Now))
}
