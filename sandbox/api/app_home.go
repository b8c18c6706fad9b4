package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// AppSession is a log-in of the app.
type AppSession struct {
	Token  string `json:"token" doc:"send it as Authorization: Bearer"`
	Wallet Wallet `json:"wallet"`

	Screen screen.Screen `json:"screen" doc:"the screen that the app starts with"`
}

// Wallet is what became of the question of the wallet (p18).
type Wallet struct {
	Service string `json:"service,omitempty" enum:"apple_pay,google_pay" doc:"by the device; left out where the app did not register the card"`
	Name    string `json:"name,omitempty" example:"Apple Pay" doc:"as the member reads it"`
	Answer  string `json:"answer,omitempty" enum:"add,not_now" doc:"left out as long as the member has not answered"`
	Asks    bool   `json:"asks" doc:"the question is to be shown: the app starts for the first time and it was not answered yet"`
}

// AppHome is the app's home screen (p20).
type AppHome struct {
	Name        string              `json:"name"`
	NetAnswerID string              `json:"net_answer_id"`
	CardNumber  string              `json:"card_number" example:"4242-42**-****-017"`
	Points      int                 `json:"points" doc:"永久不滅ポイント"`
	Payment     Payment             `json:"payment" doc:"次回のお支払金額"`
	Recent      []fixtures.Purchase `json:"recent" doc:"最近のご利用明細, three at the most"`
	Wallet      Wallet              `json:"wallet"`
	Screen      screen.Screen       `json:"screen" doc:"what the member sees and can do"`
}

// Payment is what is to be paid next.
type Payment struct {
	Amount int    `json:"amount" doc:"yen"`
	Date   string `json:"date,omitempty" doc:"YYYY-MM-DD; left out where nothing is to be paid"`
}

// AppStatement is the app's statement screen (p21) and what it leads to.
type AppStatement struct {
	Payment      Payment             `json:"payment" doc:"お支払金額"`
	Purchases    []fixtures.Purchase `json:"purchases" doc:"ご利用明細; each is paid at once, and what お支払変更 can change"`
	Credit       Credit              `json:"credit" doc:"ご利用可能額"`
	CashingLimit int                 `json:"cashing_limit" doc:"キャッシング枠, yen; 0 for none"`
	Usage        []fixtures.Month    `json:"usage" doc:"ご利用グラフ, oldest first"`
	Screen       screen.Screen       `json:"screen" doc:"what the member sees and can do"`
}

// Credit is what may still be spent, in yen.
type Credit struct {
	Limit     int `json:"limit" doc:"ご利用可能枠"`
	Used      int `json:"used" doc:"ご利用額"`
	Available int `json:"available" doc:"ご利用可能額"`
}

type appSessionOutput struct{ Body AppSession }
type appHomeOutput struct{ Body AppHome }
type appStatementOutput struct{ Body AppStatement }

// WalletAnswered is what became of the question, and where the member then is.
type WalletAnswered struct {
	Wallet
	Screen screen.Screen `json:"screen" doc:"what the member sees and can do"`
}

type walletOutput struct{ Body WalletAnswered }

type walletInput struct {
	Authorization string `header:"Authorization" doc:"Bearer, and the token of a session"`
	Body          struct {
		Answer string `json:"answer,omitempty" example:"add" doc:"add for 「ウォレットに追加する」, not_now for 「今はしない」"`
	}
}

func (f handler) appHome(a huma.API) {
	const tag = "アプリの機能"
	register(a, http.MethodPost, "/api/app/registrations/{id}/session", "app-open", "登録を終えたアプリを起動する (p18)", tag, http.StatusCreated,
		func(ctx context.Context, in *byID) (*appSessionOutput, error) {
			token, step, account, err := f.byApp.Open(ctx, middleware.World(ctx), in.ID)
			if err != nil {
				return nil, f.trouble(err)
			}
			if step.Refused != nil {
				return nil, refusal(step.Snapshot, step.Refused, screen.AppEntrance(step.Snapshot, screen.Told{Refused: step.Refused}))
			}
			out := AppSession{Token: token, Wallet: wallet(step.Snapshot, account.Wallet)}
			if out.Wallet.Asks {
				out.Screen = screen.AppWallet(step.Snapshot, account, screen.Told{})
				return &appSessionOutput{Body: out}, nil
			}
			p, err := f.portal(ctx, &bearer{"Bearer " + token})
			if err != nil {
				return nil, err
			}
			out.Screen = screen.AppPortal(p.Snapshot, "app_home", p, screen.Told{})
			return &appSessionOutput{Body: out}, nil
		})
	register(a, http.MethodGet, "/api/app/home", "app-home", "ホーム画面 (p20)", tag, http.StatusOK,
		func(ctx context.Context, in *bearer) (*appHomeOutput, error) {
			p, err := f.portal(ctx, in)
			if err != nil {
				return nil, err
			}
			recent := append([]fixtures.Purchase{}, account.Recent(p.Standing.Purchases, 3)...)
			return &appHomeOutput{Body: AppHome{Name: p.Standing.Name, NetAnswerID: p.Account.NetAnswerID,
				CardNumber: registration.MaskNumber(p.Snapshot.Policy.CardMask, p.Account.CardNumber), Points: p.Standing.Points,
				Payment: payment(p), Recent: recent, Wallet: wallet(p.Snapshot, p.Account.Wallet),
				Screen: screen.AppPortal(p.Snapshot, "app_home", p, screen.Told{})}}, nil
		})
	register(a, http.MethodGet, "/api/app/statement", "app-statement", "明細画面 (p21)", tag, http.StatusOK,
		func(ctx context.Context, in *bearer) (*appStatementOutput, error) {
			p, err := f.portal(ctx, in)
			if err != nil {
				return nil, err
			}
			s := p.Standing
			return &appStatementOutput{Body: AppStatement{Payment: payment(p), Purchases: append([]fixtures.Purchase{}, s.Purchases...),
				Credit: Credit{
					Limit:     s.CreditLimit,
					Used:      account.Spent(s.Purchases),
					Available: account.Available(s.CreditLimit, s.Purchases),
				},
				CashingLimit: s.CashingLimit, Usage: append([]fixtures.Month{}, account.Usage(s.Usage, s.Purchases)...),
				Screen: screen.AppPortal(p.Snapshot, "app_statement", p, screen.Told{})}}, nil
		})
	register(a, http.MethodPut, "/api/app/wallet", "app-wallet", "ウォレットの設定に答える (p18)", tag, http.StatusOK,
		func(ctx context.Context, in *walletInput) (*walletOutput, error) {
			p, refused, err := f.members.AnswerWallet(
				ctx,
				middleware.World(ctx),
				bearer{in.Authorization}.token(),
				account.WalletAnswer(in.Body.Answer),
			)
			if err != nil {
				return nil, f.trouble(err)
			}
			if refused != nil {
				return nil, middleware.Refusal(p.Snapshot, refused)
			}
			out := WalletAnswered{Wallet: wallet(p.Snapshot, p.Account.Wallet)}
			var told screen.Told
			if p.Account.Wallet.Added() {
				told.Notices = []string{p.Snapshot.Say("app_wallet.added", "wallet", screen.Wallet(p.Snapshot, p.Account))}
			}
			if p, err = f.portal(ctx, &bearer{in.Authorization}); err != nil {
				return nil, err
			}
			out.Screen = screen.AppPortal(p.Snapshot, "app_home", p, told)
			return &walletOutput{Body: out}, nil
		})
}

// portal is what the member of a session sees.
func (f handler) portal(ctx context.Context, in *bearer) (world.Portal, error) {
	p, refused, err := f.members.Portal(ctx, middleware.World(ctx), in.token())
	if err != nil {
		return p, f.trouble(err)
	}
	if refused != nil && p.Account.NetAnswerID != "" { // logged in, but what is behind the service did not answer
		return p, refusal(p.Snapshot, refused, screen.Trouble(p.Snapshot, screen.Told{Refused: refused}))
	}
	return p, middleware.Refusal(p.Snapshot, refused)
}

func wallet(m world.Snapshot, w account.Wallet) Wallet {
	out := Wallet{Service: w.Service, Answer: string(w.Answer), Asks: w.Asks()}
	if w.Service != "" {
		out.Name = m.Say("wallet." + w.Service)
	}
	return out
}

func payment(p world.Portal) Payment {
	return Payment{Amount: account.Spent(p.Standing.Purchases), Date: p.Standing.PaymentDate}
}
