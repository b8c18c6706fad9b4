package world

import (
	"strings"
	"time"

	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
)

// endOfTime is later than any clock shows, so that what is under way counts.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// ForgetSMS forgets every SMS to a number, those under way included; "" is
// every number.
func (s *Service) ForgetSMS(name, to string) error {
	_, err := s.update(name, func(st *State, now time.Time) error {
		gone := map[string]bool{}
		for _, m := range st.SMS.List(to, endOfTime) {
			gone[m.ID] = true
		}
		var left []sms.Message
		for _, m := range st.SMS.Messages {
			if !gone[m.ID] {
				left = append(left, m)
			}
		}
		st.SMS.Messages = left
		st.Timeline.add(now, "sms", either(to, "すべて")+"のSMSを消しました", "")
		return nil
	})
	return err
}

// ForgetMail forgets every mail to an address, those under way included; "" is
// every address.
func (s *Service) ForgetMail(name, to string) error {
	_, err := s.update(name, func(st *State, now time.Time) error {
		st.Mailbox.Remove(func(m mailbox.Mail) bool { return to == "" || strings.EqualFold(m.To, to) })
		st.Timeline.add(now, "mail", either(to, "すべて")+"のメールを消しました", "")
		return nil
	})
	return err
}

// ForgetCalls forgets every call from a number, and hangs up those that go on;
// "" is every number.
func (s *Service) ForgetCalls(name, from string) error {
	var gone []string
	_, err := s.update(name, func(st *State, now time.Time) error {
		gone = st.Telephone.Forget(from)
		st.Timeline.add(now, "call", either(from, "すべて")+"の電話の記録を消しました", "")
		return nil
	})
	for _, id := range gone {
		s.cut(name, id)
	}
	return err
}

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
