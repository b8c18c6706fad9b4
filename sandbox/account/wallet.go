package account

import "time"

// A Wallet is what the member said to the question whether the card is to be
// put into the wallet of the smartphone (p18). It is asked once, at the first
// start of the app, and can be put there later all the same (p18-5).
type Wallet struct {
	Service    string       `json:"service,omitempty"` // apple_pay or google_pay; "" where the app did not register the card
	Answer     WalletAnswer `json:"answer,omitempty"`  // "" as long as the member has not answered
	AnsweredAt time.Time    `json:"answered_at"`
}

// A WalletAnswer is what the member said.
type WalletAnswer string

// The answers.
const (
	WalletAdd    WalletAnswer = "add"     // 「ウォレットに追加する」
	WalletNotNow WalletAnswer = "not_now" // 「今はしない」
)

// Asks tells whether the question is still to be asked.
func (w Wallet) Asks() bool { return w.Service != "" && w.Answer == "" }

// Added tells whether the card is in the wallet.
func (w Wallet) Added() bool { return w.Answer == WalletAdd }

// Say takes an answer. What is in the wallet stays there, whatever is said
// afterwards; it tells false where nothing has changed.
func (w *Wallet) Say(answer WalletAnswer, now time.Time) bool {
	if w.Added() || w.Answer == answer {
		return false
	}
	w.Answer, w.AnsweredAt = answer, now
	return true
}
