// Package account is what a registered member has: log-in with its lock-out
// (a-20) and sessions, over plain data.
//
// Passwords are kept as salted digests so that none stands in a state, log or
// report. The digest is made for speed, because everything here is test data:
// it is no model for keeping the passwords of real people.
package account

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"example.com/netanswer/mocks/table"
)

// An Account is a member's registration, once it is complete.
type Account struct {
	NetAnswerID    string    `json:"net_answer_id"`
	PasswordDigest string    `json:"password_digest"`
	CardNumber     string    `json:"card_number"`
	EmailPC        string    `json:"email_pc,omitempty"`
	EmailMobile    string    `json:"email_mobile,omitempty"`
	Newsletter     bool      `json:"newsletter"`
	RegisteredAt   time.Time `json:"registered_at"`
	RegisteredBy   string    `json:"registered_by,omitempty"` // id of the registration it came from, "" if it was there from the start
	Wallet         Wallet    `json:"wallet"`
	Failures       int       `json:"failures"` // wrong passwords in a row
	LockedUntil    time.Time `json:"locked_until"`
}

// A Session is a log-in that lasts while it is used, and no longer than the
// registration that the account had then.
type Session struct {
	NetAnswerID string    `json:"net_answer_id"`
	Under       string    `json:"under,omitempty"` // the account's RegisteredBy at the log-in
	UsedAt      time.Time `json:"used_at"`
}

// A Book is every account and session of one world. Copying takes a snapshot.
type Book struct {
	Accounts table.Table[Account] `json:"accounts,omitzero"` // by folded Net Answer ID
	Cards    table.Table[string]  `json:"cards,omitzero"`    // folded Net Answer ID by card number
	Sessions table.Table[Session] `json:"sessions,omitzero"` // by digest of their token
}

// The refusals of an account.
var (
	ErrIDTaken        = errors.New("net answer id is taken")
	ErrCardRegistered = errors.New("card is registered")
	ErrLogin          = errors.New("id or password is wrong")
	ErrNoSession      = errors.New("no such session")
)

// A LockedError tells that log-in has stopped, and until when.
type LockedError struct{ Until time.Time }

func (e *LockedError) Error() string { return "log-in is locked" }

// Fold writes an ID as it is compared: two that differ in case only are one.
func Fold(id string) string { return strings.ToLower(id) }

// Open adds an account. Neither its ID nor its card may have one already.
func (b *Book) Open(a Account) error {
	if b.Accounts.Has(Fold(a.NetAnswerID)) {
		return ErrIDTaken
	}
	if b.Cards.Has(a.CardNumber) {
		return ErrCardRegistered
	}
	b.Accounts.Put(Fold(a.NetAnswerID), a)
	b.Cards.Put(a.CardNumber, Fold(a.NetAnswerID))
	return nil
}

// Reopen registers the card of a once more, by another registration (p11-1,
// a-03). The account keeps its Net Answer ID, with which the answer tells a as
// it now is, and whether it takes the newsletter; password, addresses and
// wallet are a's, a log-in that was stopped is good again, and whoever is
// logged in is so no more. False where the card has no account to reopen.
func (b *Book) Reopen(a Account) (Account, bool) {
	before, ok := b.Of(a.CardNumber)
	if !ok {
		return a, false
	}
	a.NetAnswerID, a.Newsletter = before.NetAnswerID, before.Newsletter
	b.Accounts.Put(Fold(a.NetAnswerID), a)
	return a, true
}

// Of is the account of a card.
func (b Book) Of(cardNumber string) (Account, bool) {
	id, ok := b.Cards.Get(cardNumber)
	if !ok {
		return Account{}, false
	}
	return b.Accounts.Get(id)
}

// Login checks a password at now. After attempts wrong ones in a row the
// account is locked for lock, the right password included; a right one starts
// the count again. On an error the book may still have changed: keep it.
func (b *Book) Login(id, password string, now time.Time, attempts int, lock time.Duration) (Account, error) {
	a, ok := b.Accounts.Get(Fold(id))
	if !ok {
		return Account{}, ErrLogin
	}
	if now.Before(a.LockedUntil) {
		return Account{}, &LockedError{Until: a.LockedUntil}
	}
	if !Matches(a.PasswordDigest, password) {
		a.Failures++
		var err error = ErrLogin
		if a.Failures >= attempts {
			a.Failures, a.LockedUntil = 0, now.Add(lock)
			err = &LockedError{Until: a.LockedUntil}
		}
		b.Accounts.Put(Fold(id), a)
		return Account{}, err
	}
	a.Failures, a.LockedUntil = 0, time.Time{}
	b.Accounts.Put(Fold(id), a)
	return a, nil
}

// OpenSession keeps a session under token, which only its bearer knows.
func (b *Book) OpenSession(token string, a Account, now time.Time) {
	b.Sessions.Put(tokenKey(token), Session{NetAnswerID: a.NetAnswerID, Under: a.RegisteredBy, UsedAt: now})
}

// Session returns the account that token is logged in to, and counts as a
// use. A session unused for lifetime is over.
func (b *Book) Session(token string, now time.Time, lifetime time.Duration) (Account, error) {
	key := tokenKey(token)
	s, ok := b.Sessions.Get(key)
	if !ok {
		return Account{}, ErrNoSession
	}
	if !now.Before(s.UsedAt.Add(lifetime)) {
		return Account{}, ErrNoSession
	}
	a, ok := b.Accounts.Get(Fold(s.NetAnswerID))
	if !ok || a.RegisteredBy != s.Under { // the card was registered anew since
		return Account{}, ErrNoSession
	}
	s.UsedAt = now
	b.Sessions.Put(key, s)
	return a, nil
}

// DropUnused ends the sessions that nobody has used for lifetime.
func (b *Book) DropUnused(now time.Time, lifetime time.Duration) {
	before := b.Sessions
	for key, s := range before.All() {
		if !now.Before(s.UsedAt.Add(lifetime)) {
			b.Sessions.Delete(key)
		}
	}
}

// CloseSession ends the session of token, if there is one.
func (b *Book) CloseSession(token string) { b.Sessions.Delete(tokenKey(token)) }

// Digest is what is kept of a password; salt must differ from account to account.
func Digest(salt, password string) string {
	sum := sha256.Sum256([]byte(salt + "\x00" + password))
	return salt + "$" + hex.EncodeToString(sum[:])
}

// Matches tells whether password is the one that digest was made of.
func Matches(digest, password string) bool {
	salt, _, _ := strings.Cut(digest, "$")
	return subtle.ConstantTimeCompare([]byte(digest), []byte(Digest(salt, password))) == 1
}

func tokenKey(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
