package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

type mailList struct {
	Mails    []mailbox.Mail `json:"mails" doc:"in the mailboxes now, oldest first"`
	UnderWay int            `json:"under_way" doc:"how many are accepted and not in the mailbox yet"`
	Next     string         `json:"next,omitempty" doc:"ask for the rest with this as after; left out where this is all"`
}

// mailSize is how many bytes a mail takes in a list, about.
func mailSize(m mailbox.Mail) int { return 1<<10 + len(m.Text) + len(m.HTML) + len(m.Subject) }

// rawMail is a mail as RFC 5322 writes it. It is sent as plain text, which no
// browser runs.
type rawMail struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func (f handler) mail(a huma.API) {
	const path, tag = worldPath + "/mail", "メール"
	register(f, a, listed(path, "list-mail", tag, "届いたメールの一覧"),
		func(ctx context.Context, in *struct {
			Query
			Paged
			Words string `query:"q" maxLength:"254" doc:"only mails that have all these words in sender, recipient, subject or text"`
		}) (*answer[mailList], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			found := m.Mailbox.Search(in.Words, in.To, m.Now)
			shown, next, err := page(in.Paged, found, func(m mailbox.Mail) string { return m.ID }, mailSize)
			if err != nil {
				return nil, err
			}
			return &answer[mailList]{mailList{Mails: shown, UnderWay: m.MailUnderWay(in.To), Next: next}}, nil
		})
	register(f, a, await(path+"/wait", "await-mail", tag, "メールが届くのを待つ"),
		func(ctx context.Context, in *waitQuery) (*answer[arrived], error) {
			by, err := in.by()
			if err != nil {
				return nil, err
			}
			waiting, cancel, err := in.deadline(ctx)
			if err != nil {
				return nil, err
			}
			defer cancel()
			if err := f.known(ctx, in.World, in.Waiting, "mail-", func(m world.Snapshot) int { return m.Mailbox.Serial }); err != nil {
				return nil, err
			}
			found, ok, err := f.control.AwaitMail(waiting, in.World, in.To, in.After)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			if ok {
				found.Passcode = reread(by, found.Passcode, found.AcceptedAt, found.Subject, found.Text, found.Visible())
				return &answer[arrived]{arrived{found, found.Links()}}, nil
			}
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return nil, in.nothing("mail", m.MailUnderWay(in.To), m.Now)
		})
	f.rawMail(a, path+"/{id}/raw", tag)
	f.wholeMail(a, path+"/{id}", tag)
	f.mailLinks(a, path+"/{id}", tag)
	register(f, a, change(http.MethodDelete, path, "forget-mail", tag, "メールを消す"),
		func(ctx context.Context, in *Query) (*struct{}, error) {
			if err := f.control.ForgetMail(ctx, in.World, in.To); err != nil {
				return nil, middleware.Trouble(err)
			}
			return nil, nil
		})
}

func (f handler) rawMail(a huma.API, path, tag string) {
	op := get(path, "get-raw-mail", tag, "メールの原文を見る（RFC 5322）")
	op.Errors = []int{http.StatusNotFound}
	op.Responses = map[string]*huma.Response{"200": {Description: "原文", Content: map[string]*huma.MediaType{
		"text/plain; charset=utf-8": {Schema: &huma.Schema{Type: huma.TypeString}}}}}
	register(f, a, op, func(ctx context.Context, in *InMail) (*rawMail, error) {
		mail, err := f.find(ctx, in)
		if err != nil {
			return nil, err
		}
		return &rawMail{ContentType: "text/plain; charset=utf-8", Body: []byte(mail.Raw)}, nil
	})
}

// An InMail is what every operation on one mail is asked with.
type InMail struct {
	InWorld
	ID string `path:"id" maxLength:"64" example:"mail-1"`
}

// find is the mail that an operation is about.
func (f handler) find(ctx context.Context, in *InMail) (mailbox.Mail, error) {
	m, err := f.control.Snapshot(ctx, in.World)
	if err != nil {
		return mailbox.Mail{}, middleware.Trouble(err)
	}
	mail, ok := m.Mailbox.Find(in.ID, m.Now)
	if !ok {
		return mailbox.Mail{}, middleware.NewProblem(http.StatusNotFound, "mail_unknown", "no mail of this id is in the world's mailboxes")
	}
	return mail, nil
}
