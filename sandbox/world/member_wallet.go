package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// AnswerWallet takes what the member says to the question of the wallet, at the
// first start or later from the menu (p18-3, p18-4, p18-5).
func (s Members) AnswerWallet(ctx context.Context, world, token string, answer account.WalletAnswer) (p Portal, refused error, err error) {
	p.Snapshot, err = s.act(ctx, world, Act{Op: "wallet"}, func(st *State, now time.Time) error {
		a, noSession := st.Accounts.Session(token, now, st.Policy.SessionLifetime.Of())
		p.Account, refused = account.Account{}, nil
		switch {
		case noSession != nil:
			refused = errLogin()
			return nil
		case a.Wallet.Service == "":
			refused = &registration.Error{Kind: registration.Conflict, Code: "no_wallet", Text: "error.no_wallet"}
		case answer != account.WalletAdd && answer != account.WalletNotNow:
			refused = &registration.Error{Kind: registration.Invalid, Code: "wallet_answer", Field: "answer", Text: "error.required"}
		case a.Wallet.Say(answer, now):
			st.Accounts.Accounts.Put(account.Fold(a.NetAnswerID), a)
			st.Timeline.add(
				now,
				"app",
				walletNames[a.Wallet.Service]+walletSaid[answer]+": "+registration.MaskNumber(st.Policy.CardMask, a.CardNumber),
				"",
			)
		}
		p.Account = a
		return nil
	})
	return p, refused, err
}

var (
	walletNames = map[string]string{"apple_pay": "Apple Pay", "google_pay": "Google Pay"}
	walletSaid  = map[account.WalletAnswer]string{account.WalletAdd: "にカードを追加しました", account.WalletNotNow: "は「今はしない」と答えました"}
)
