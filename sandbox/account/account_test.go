package account_test

import (
	"errors"
	"testing"
	"time"

	"example.com/netanswer/sandbox/account"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

const lock = 30 * time.Minute

func book(t *testing.T) account.Book {
	t.Helper()
	var b account.Book
	if err := b.Open(account.Account{NetAnswerID: "Hanako26", CardNumber: "1", PasswordDigest: account.Digest("s", "right")}); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAnIDAndACardHaveOneAccount(t *testing.T) {
	b := book(t)
	if err := b.Open(account.Account{NetAnswerID: "hanako26", CardNumber: "2"}); !errors.Is(err, account.ErrIDTaken) {
		t.Errorf("same ID in other letters: %v", err)
	}
	if err := b.Open(account.Account{NetAnswerID: "other", CardNumber: "1"}); !errors.Is(err, account.ErrCardRegistered) {
		t.Errorf("same card: %v", err)
	}
}

func TestLogInStopsAtTheLimitAndStartsAgainAfterTheLock(t *testing.T) {
	b := book(t)
	for i := 1; i < 5; i++ {
		if _, err := b.Login("hanako26", "wrong", noon, 5, lock); !errors.Is(err, account.ErrLogin) {
			t.Fatalf("attempt %d: %v", i, err)
		}
	}
	var locked *account.LockedError
	if _, err := b.Login("hanako26", "wrong", noon, 5, lock); !errors.As(err, &locked) || !locked.Until.Equal(noon.Add(lock)) {
		t.Fatalf("attempt 5: %v", err)
	}
	if _, err := b.Login("hanako26", "right", noon.Add(lock-1), 5, lock); !errors.As(err, &locked) {
		t.Errorf("the right password within the lock: %v", err)
	}
	if _, err := b.Login("hanako26", "right", noon.Add(lock), 5, lock); err != nil {
		t.Errorf("the right password after the lock: %v", err)
	}
}

func TestARightPasswordStartsTheCountAgain(t *testing.T) {
	b := book(t)
	for range 3 {
		for range 4 {
			_, _ = b.Login("hanako26", "wrong", noon, 5, lock) // counted
		}
		if _, err := b.Login("hanako26", "right", noon, 5, lock); err != nil {
			t.Fatal(err)
		}
	}
}

func TestASessionLastsWhileItIsUsed(t *testing.T) {
	b := book(t)
	b.OpenSession("token", account.Account{NetAnswerID: "Hanako26"}, noon)
	for i := 1; i <= 3; i++ {
		if a, err := b.Session("token", noon.Add(time.Duration(i)*29*time.Minute), lock); err != nil || a.NetAnswerID != "Hanako26" {
			t.Fatalf("use %d: %v", i, err)
		}
	}
	if _, err := b.Session("token", noon.Add(3*29*time.Minute+lock), lock); !errors.Is(err, account.ErrNoSession) {
		t.Errorf("unused for its lifetime: %v", err)
	}
	if _, err := b.Session("forged", noon, lock); !errors.Is(err, account.ErrNoSession) {
		t.Errorf("forged: %v", err)
	}
}

func TestRegisteredAnewTheWalletIsTheNewSmartphones(t *testing.T) {
	var b account.Book
	first := account.Account{NetAnswerID: "Hanako26", CardNumber: "1", Wallet: account.Wallet{Service: "apple_pay", Answer: account.WalletAdd}}
	if err := b.Open(first); err != nil {
		t.Fatal(err)
	}
	anew, ok := b.Reopen(account.Account{CardNumber: "1", Wallet: account.Wallet{Service: "google_pay"}})
	if !ok || anew.NetAnswerID != "Hanako26" || anew.Wallet != (account.Wallet{Service: "google_pay"}) {
		t.Errorf("registered anew: %+v, %t", anew, ok)
	}
}

func TestWhatIsInTheWalletStaysThere(t *testing.T) {
	w := account.Wallet{Service: "apple_pay"}
	if !w.Say(account.WalletAdd, noon) || w.Say(account.WalletNotNow, noon.Add(time.Hour)) || !w.Added() || !w.AnsweredAt.Equal(noon) {
		t.Errorf("the wallet is %+v", w)
	}
}
