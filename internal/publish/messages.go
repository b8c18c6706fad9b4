package publish

import (
	"context"
	"errors"
	"fmt"

	"example.com/netanswer/client"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/api"
	"example.com/netanswer/steps/external"
	"example.com/netanswer/steps/spec"
)

// messagesOf is what members receive: some are made to go their ways in worlds of
// a sandbox, and their telephones and mailboxes are looked into.
func messagesOf(ctx context.Context, s *server.Sandbox) ([]spec.Message, error) {
	var all []spec.Message
	for _, scene := range []func(context.Context, *server.Sandbox) ([]spec.Message, error){bySMS, byMail, inApp, byCall} {
		found, err := scene(ctx, s)
		if err != nil {
			return nil, fmt.Errorf("receive messages: %w", err)
		}
		all = append(all, found...)
	}
	return all, nil
}

// play lets a person act in a world of its own.
func play(ctx context.Context, s *server.Sandbox, name string, inApp bool, commands func(context.Context) error) error {
	members, _, err := fixtures.Members()
	if err != nil {
		return err
	}
	still, at, controls := false, actor.Opening, controlsOf(s)
	if err := controls.Arrange(ctx, name, client.Setup{Clock: &client.ClockMove{Now: &at, Running: &still}}); err != nil {
		return err
	}
	scene := &actor.Scene{
		Driver: api.New(),
		World:  driver.World{Name: name, Base: s.MemberURL},
		Around: actor.Providers{Controls: controls},
		Cast:   external.CastOf(members),
		App:    inApp,
	}
	return errors.Join(commands(actor.Enter(ctx, scene)), scene.Leave())
}

// mails are the mails of a world.
func mails(ctx context.Context, s *server.Sandbox, world, address string) ([]client.Mail, error) {
	return controlsOf(s).Mails(ctx, world, address)
}

func mailed(m client.Mail, when string, rules ...string) spec.Message {
	return spec.Message{Kind: "メール", When: when, From: m.From, Subject: m.Subject, Text: m.Text, Rules: rules}
}

func bySMS(ctx context.Context, s *server.Sandbox) (all []spec.Message, err error) {
	const world = "spec-sms"
	if err := play(ctx, s, world, false, func(ctx context.Context) error { return actor.Registers(ctx, "花子さん") }); err != nil {
		return nil, err
	}
	texts, err := controlsOf(s).SMS(ctx, world, "")
	if err != nil {
		return nil, err
	}
	for _, m := range texts {
		all = append(all, spec.Message{Kind: "SMS", When: "ご本人様確認へ進んだとき", From: m.From, Text: m.Body, Rules: []string{"p34-1", "p34-5"}})
	}
	found, err := mails(ctx, s, world, "")
	for _, m := range found {
		all = append(all, mailed(m, "Webで登録が完了したとき", "p36-3", "p31-7"))
	}
	return all, err
}

func byMail(ctx context.Context, s *server.Sandbox) (all []spec.Message, err error) {
	const world = "spec-mail"
	if err := play(ctx, s, world, false, func(ctx context.Context) error { return actor.ReachesIdentityCheck(ctx, "美咲さん") }); err != nil {
		return nil, err
	}
	found, err := mails(ctx, s, world, "")
	for _, m := range found {
		all = append(all, mailed(m, "電話の登録がない会員がご本人様確認へ進んだとき", "p34-6", "p34-7"))
	}
	return all, err
}

func inApp(ctx context.Context, s *server.Sandbox) (all []spec.Message, err error) {
	for _, way := range []struct {
		world, name, when string
		rules             []string
	}{{"spec-app", "花子さん", "アプリで登録が完了したとき", []string{"a-21", "p4-3"}}, {"spec-anew", "良子さん", "アプリで再登録したとき", []string{"a-03", "p11-1"}}} {
		if err := play(ctx, s, way.world, true, func(ctx context.Context) error { return actor.Registers(ctx, way.name) }); err != nil {
			return nil, err
		}
		found, err := mails(ctx, s, way.world, "")
		if err != nil {
			return nil, err
		}
		for _, m := range found {
			all = append(all, mailed(m, way.when, way.rules...))
		}
	}
	return all, nil
}

func byCall(ctx context.Context, s *server.Sandbox) (all []spec.Message, err error) {
	const world, home = "spec-call", "03-0000-1009"
	err = play(ctx, s, world, false, func(ctx context.Context) error {
		if err := actor.ReachesConfirm(ctx, "正さん"); err != nil {
			return err
		}
		return actor.Proceeds(ctx, "正さん")
	})
	if err != nil {
		return nil, err
	}
	controls := controlsOf(s)
	call := func(when string, d client.Dial, rules ...string) error {
		d.Listen = "part"
		c, err := controls.PlaceCall(ctx, world, d)
		all = append(all, spec.Message{Kind: "音声ガイダンス", When: when, Text: c.Guidance, Rules: rules})
		return err
	}
	err = errors.Join(
		call("登録の電話番号からかけたとき", client.Dial{From: home}, "p35-4"),
		call("登録と違う番号からかけたとき", client.Dial{From: "03-0000-9999"}, "a-10"),
		call("非通知でかけたとき", client.Dial{From: home, Withheld: true}, "a-10"))
	if err != nil {
		return nil, err
	}
	if _, err := controls.Advance(ctx, world, 15*60e9); err != nil {
		return nil, err
	}
	return all, call("15分を過ぎてからかけたとき", client.Dial{From: home}, "a-12")
}
