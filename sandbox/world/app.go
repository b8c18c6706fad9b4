package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// An AppStep names the registration in the app that something is done to. Key
// is the client's idempotency key, "" for none: with the same key a step is
// taken once, and comes to the same however often it is sent.
type AppStep struct {
	World string
	ID    string
	Key   string
}

func (a AppStep) command(op, what string) command {
	return command{channel: registration.App, world: a.World, id: a.ID, what: what, key: a.Key, op: op}
}

// StartApp begins a registration in the app, on a device and for a card of a
// company (p10, p11). With a key that began one before, it is that one.
func (s *Service) StartApp(world, key, company string, d registration.Device) (Step, error) {
	id, token := s.source.ID(), s.source.Token()
	var step Step
	m, err := s.update(world, func(st *State, now time.Time) error {
		fresh, refused := registration.StartApp(id, token, company, d, now)
		if step = (Step{Refused: refused}); refused != nil {
			return nil
		}
		if begun, ok := st.Starts.Get(key); ok && key != "" {
			r, _ := st.Registrations.Get(begun) // registrations are never dropped
			if step.Registration = r.At(st.Policy, now); r.Device != d {
				step.Refused = errKey()
			}
			return nil
		}
		step.Registration = fresh
		if key != "" {
			st.Starts.Put(key, id)
		}
		return st.begin(fresh, s.bounds, "アプリで新規登録・再登録を開始しました（"+deviceNames[d]+"）", now)
	})
	step.Snapshot = m
	return step, err
}

// AppRegistration returns a registration in the app as it is now.
func (s *Service) AppRegistration(world, id string) (Step, error) {
	return s.registration(world, id, registration.App)
}

// SubmitCard sends the card (p12). A card that is registered already is taken
// as well: it is registered anew (p11-1, a-03).
func (s *Service) SubmitCard(ctx context.Context, a AppStep, c registration.CardForm) (Step, error) {
	m, err := s.Snapshot(a.World)
	if err != nil {
		return Step{}, err
	}
	s.entered(&m, &c)
	var holder registration.Holder
	var known bool
	var unready error
	if c.Check(m.Policy, m.Now) == nil {
		number, month, year, code := c.Question()
		holder, known, unready = s.ports.Issuer.Verify(ctx, a.World, CardQuestion{Number: number, ExpiryMonth: month, ExpiryYear: year, SecurityCode: code})
	}
	return s.execute(a.command("card", "カード情報を送信しました"), func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		after, err := r.SubmitCard(st.Policy, now, c, holder)
		switch {
		case err != nil:
			return after, err
		case unready != nil:
			return r.Touch(now), errUnready()
		case !known:
			return r.Touch(now), errUnverified()
		}
		st.journey(after, now)
		return after, nil
	})
}

func errUnverified() *registration.Error {
	return &registration.Error{Kind: registration.Invalid, Code: "card_unverified", Field: registration.FieldCardNumber, Text: "error.card_unverified"}
}

// RequestPasscode sends the passcode to the telephone on file, once (p13-3). If
// it cannot be handed over, the member is back at the destination (a-15).
func (s *Service) RequestPasscode(ctx context.Context, a AppStep) (Step, error) {
	return s.sending(ctx, a.command("passcode_request", "「認証」で、ワンタイムパスコードの送信を求めました"),
		func(r registration.Registration, p registration.Policy, now time.Time, code string) (registration.Registration, bool, error) {
			return r.RequestPasscode(p, now, code)
		})
}

// ReissueInApp sends another passcode; the one before is void (a-07).
func (s *Service) ReissueInApp(ctx context.Context, a AppStep) (Step, error) {
	return s.sending(ctx, a.command("reissue", "ワンタイムパスコードを再発行しました"),
		func(r registration.Registration, p registration.Policy, now time.Time, code string) (registration.Registration, bool, error) {
			after, err := r.Reissue(p, now, code)
			return after, err == nil, err
		})
}

// sending does what may send a passcode.
func (s *Service) sending(ctx context.Context, d command,
	do func(r registration.Registration, p registration.Policy, now time.Time, code string) (registration.Registration, bool, error)) (Step, error) {
	m, err := s.Snapshot(d.world)
	if err != nil {
		return Step{}, err
	}
	code, send := s.source.Passcode(m.Policy.PasscodeDigits), false
	step, err := s.execute(d, func(st *State, r registration.Registration, now time.Time) (after registration.Registration, err error) {
		after, send, err = do(r, st.Policy, now, code)
		return after, err
	})
	if err != nil || !send {
		return step, err
	}
	return s.deliver(ctx, step, d)
}

// EnterInApp checks a passcode; the right one leads on to the mail address (p14-3).
func (s *Service) EnterInApp(a AppStep, code string) (Step, error) {
	m, err := s.Snapshot(a.World)
	if err != nil {
		return Step{}, err
	}
	in := PasscodeEntry{Registration: a.ID, Code: code}
	s.entered(&m, &in)
	return s.execute(a.command("passcode", "ワンタイムパスコードを入力しました"), func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		return r.Enter(st.Policy, now, in.Code)
	})
}

// ChoosePIN goes on to the card's PIN instead of the SMS (p13-2).
func (s *Service) ChoosePIN(a AppStep) (Step, error) {
	return s.execute(a.command("choose_pin", "暗証番号でのご本人様確認を選びました"), func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		return r.ChoosePIN(st.Policy, now)
	})
}

// EnterPIN checks the card's PIN with the issuer, who counts the wrong ones
// (p13-2, a-09). The issuer counts what it is asked, so one tap that is sent
// twice at once is one question.
func (s *Service) EnterPIN(ctx context.Context, a AppStep, pin string) (Step, error) {
	if a.Key == "" {
		return s.enterPIN(ctx, a, pin)
	}
	step, err, _ := s.taps.Do(a.World+"/"+a.ID+"/"+a.Key, func() (any, error) { return s.enterPIN(ctx, a, pin) })
	return step.(Step), err
}

func (s *Service) enterPIN(ctx context.Context, a AppStep, pin string) (Step, error) {
	d := a.command("pin", "暗証番号を入力しました")
	m, err := s.Snapshot(a.World)
	if err != nil {
		return Step{}, err
	}
	var answer registration.PINAnswer
	var unready error
	r, _ := m.Registrations.Get(a.ID) // an unknown one is refused below
	if _, again := m.State.answered(d); !again {
		if ask, _ := r.CheckPIN(m.Policy, m.Now, pin); ask { // why not is told below
			answer, unready = s.ports.Issuer.CheckPIN(ctx, a.World, r.Application.CardNumber, pin)
		}
	}
	return s.execute(d, func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		if unready != nil {
			return r.At(st.Policy, now), errUnready()
		}
		return r.EnterPIN(st.Policy, now, pin, answer)
	})
}

// SetEmail takes the mail address (p15).
func (s *Service) SetEmail(a AppStep, email string) (Step, error) {
	m, err := s.Snapshot(a.World)
	if err != nil {
		return Step{}, err
	}
	in := EmailEntry{Email: email}
	s.entered(&m, &in)
	return s.execute(a.command("email", "メールアドレスを入力しました"), func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		return r.SetEmail(st.Policy, now, in.Email)
	})
}

// SetPassword takes the Net Answer password (p16).
func (s *Service) SetPassword(a AppStep, password string) (Step, error) {
	digest := account.Digest(s.source.Token(), password)
	return s.execute(a.command("password", "パスワードを入力しました"), func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		return r.SetPassword(st.Policy, now, password, digest)
	})
}

// Back goes back to an earlier step.
func (s *Service) Back(a AppStep, to registration.State) (Step, error) {
	return s.execute(a.command("back:"+string(to), "前の画面へ戻りました"), func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		return r.Back(st.Policy, now, to)
	})
}

// Agree completes the registration (p17-2): in the same change the account is
// opened with an ID of the sandbox's choosing (a-21), or the one that the card
// has already is registered anew. Then the card is enrolled in 3-D Secure and
// the ID is sent (p31-7).
func (s *Service) Agree(ctx context.Context, a AppStep, agreed bool) (Step, error) {
	m, err := s.Snapshot(a.World)
	if err != nil {
		return Step{}, err
	}
	in := Agreement{Agreed: agreed}
	s.entered(&m, &in)
	var done account.Account
	again := false
	step, err := s.execute(a.command("terms", "「規約に同意して登録」を押しました"), func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		done = account.Account{}
		after, err := r.Agree(st.Policy, now, in.Agreed)
		if err != nil || after.State != registration.Completed || r.State == registration.Completed {
			return after, err
		}
		app := after.Application
		fresh := account.Account{PasswordDigest: app.PasswordDigest, CardNumber: app.CardNumber, EmailMobile: app.EmailMobile,
			RegisteredAt: now, RegisteredBy: r.ID, Wallet: account.Wallet{Service: r.Device.Wallet()}}
		if done, again = st.Accounts.Reopen(fresh); again {
			st.Timeline.add(now, "account", "NetアンサーID "+done.NetAnswerID+" を再登録しました", r.ID)
		} else {
			done.NetAnswerID = s.freeID(st, now)
			if err := st.Accounts.Open(done); err != nil {
				panic("world: a free ID and a card without an account: " + err.Error())
			}
			st.Timeline.add(now, "account", "NetアンサーID "+done.NetAnswerID+" を付与しました", r.ID)
		}
		after.Application.NetAnswerID = done.NetAnswerID
		return after.Complete(), nil
	})
	if err != nil || done.NetAnswerID == "" {
		return step, err
	}
	mail := "mail.completed"
	if again {
		mail = "mail.registered_anew"
	}
	s.welcome(ctx, step.Snapshot, done, mail)
	return step, nil
}

// RegisteredBefore tells whether the card of a registration has an account
// already, which the registration will register anew (a-03).
func (m Snapshot) RegisteredBefore(r registration.Registration) bool {
	return r.Application.CardNumber != "" && m.Accounts.Cards.Has(r.Application.CardNumber)
}

// freeID is a Net Answer ID that nobody has or is about to have.
func (s *Service) freeID(st *State, now time.Time) string {
	length := min(max(10, st.Policy.NetAnswerIDMin), st.Policy.NetAnswerIDMax)
	for {
		id := s.source.NetAnswerID(length)
		holder, held := st.Reserved.Get(account.Fold(id))
		if !st.Accounts.Accounts.Has(account.Fold(id)) && !(held && st.holds(holder, account.Fold(id), "", now)) {
			return id
		}
	}
}
