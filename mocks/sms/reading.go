package sms

import (
	"sync"
	"time"

	"example.com/netanswer/mocks/passcode"
)

// A reading is what was read out of a message's text when somebody first asked.
// Most are never asked for. Copies of a message share it.
type reading struct {
	once  sync.Once
	found *passcode.Passcode
}

// Unread makes a message that was kept elsewhere one that is read when it is asked
// for, and once. What an earlier program kept of its reading is not told.
func (m *Message) Unread() { m.reading = new(reading) }

// Carried is the passcode that the message carries, nil where it carries none. What is
// for an application is not read.
func (m Message) Carried() *passcode.Passcode {
	if m.Encoding == Binary || m.Port != "" {
		return nil
	}
	if m.reading == nil {
		return passcode.Find(m.Body, m.begins())
	}
	m.reading.once.Do(func() { m.reading.found = passcode.Find(m.Body, m.begins()) })
	return m.reading.found
}

// carries tells whether a passcode is on its way by now, so that those before it
// are of no use.
func (m Message) carries(now time.Time) bool {
	return !m.begins().After(now) && m.Reason != Deleted && m.Carried() != nil
}

// tell makes the message tell its passcode.
func (m *Message) tell(superseded bool) {
	m.Passcode = nil
	if found := m.Carried(); found != nil {
		p := *found
		p.Superseded = superseded
		m.Passcode = &p
	}
}

// Read returns a message by its id, with its passcode as it is at now.
func (b Box) Read(id string, now time.Time) (Message, bool) {
	if i, ok := b.index(id); ok {
		return b.judged(i, now), true
	}
	return Message{}, false
}

// judged is message i with its passcode judged against what came after it.
func (b Box) judged(i int, now time.Time) Message {
	m := b.Messages[i]
	m.tell(false)
	if m.Passcode == nil {
		return m
	}
	for _, later := range b.Messages[i+1:] {
		if later.To == m.To && later.carries(now) {
			m.Passcode.Superseded = true
			break
		}
	}
	return m
}
