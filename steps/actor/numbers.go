package actor

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/steps/driver"
)

// Numbers are those of the assumed rules, which an implementation may have of
// its own.
type Numbers struct {
	PasscodeAttempts, PINAttempts, LoginAttempts, ReissueLimit int
	ReissueInterval, LoginLock, Idle                           time.Duration

	// EachPasscode: wrong passcodes are counted anew after a reissue.
	EachPasscode bool
	// Looking: opening the screen anew is an action, from which Idle is counted.
	Looking bool
	// LookingUntold: nobody has said whether it is.
	LookingUntold bool
	// AttemptsUntold: nobody has said that wrong passcodes are counted.
	AttemptsUntold bool
	// ReissuesUntold: nobody has said how often a passcode is issued anew; once it is, by the guide.
	ReissuesUntold bool
}

// SandboxNumbers are the sandbox's.
var SandboxNumbers = Numbers{PasscodeAttempts: 5, PINAttempts: 3, LoginAttempts: 5, ReissueLimit: 5,
	ReissueInterval: 30 * time.Second, LoginLock: 30 * time.Minute, Idle: 30 * time.Minute}

// numbers are those of the scene.
func (s *Scene) numbers() Numbers {
	if s.Numbers == (Numbers{}) {
		return SandboxNumbers
	}
	return s.Numbers
}

// limit is how a scenario counts by a limit: 上限まで, 上限の1回手前まで; also 上限,
// 上限より1少ない, 上限より1多い.
var limit = regexp.MustCompile(`^上限(?:まで|(?:より|の)(\d+)(回手前まで|少ない|多い))?$`)

// times is how often something is done, by what is limited.
func times(ctx context.Context, text string, of func(Numbers) int) (int, error) {
	s, err := In(ctx)
	if err != nil {
		return 0, err
	}
	found := limit.FindStringSubmatch(text)
	if found == nil {
		n, err := strconv.Atoi(text)
		if err != nil {
			return 0, fmt.Errorf("「%s」 is no number of times", text)
		}
		return n, nil
	}
	n := of(s.numbers())
	if by, err := strconv.Atoi(found[1]); err == nil { // none where it is the limit itself
		if found[2] != "多い" {
			by = -by
		}
		n += by
	}
	if n < 1 {
		return 0, fmt.Errorf("「%s」 is %d times", text, n)
	}
	return n, nil
}

// running is what surroundings are whose clock runs on, so that no moment is hit.
type running interface {
	RunsOn() bool
	Precision() time.Duration
}

// margin is how far from a limit a person keeps who stays on one side of it: a second,
// or as far as a clock needs that runs on.
func (s *Scene) margin() time.Duration {
	if clock, ok := s.Around.(running); ok {
		return max(time.Second, clock.Precision())
	}
	return time.Second
}

// exactly is a length of time as it is written. One that ends with ちょうど is asked
// for only where a moment can be hit: that which comes after it is another thing.
func exactly(ctx context.Context, text string) (time.Duration, error) {
	length, exact := strings.CutSuffix(text, "ちょうど")
	if s, err := In(ctx); err == nil && exact {
		if clock, ok := s.Around.(running); ok && clock.RunsOn() {
			return 0, fmt.Errorf("%w: 実装の時計が進み続けるので、%sには尋ねられません", driver.ErrInapplicable, text)
		}
	}
	return ParseSpan(length)
}

// span is how a scenario tells a length of time by a limit, or the moment at which the
// limit is reached.
var span = regexp.MustCompile(
	`^(再発行の間隔|再発行できる時刻|無操作の制限時間|無操作の期限|ログイン停止の時間|ログインの停止が終わる時刻)(?:ちょうど|の(\d{1,2}秒前|1秒後|3分の2|3分の1))?$`,
)

// unlimited is what a target says of a limit that it does not have.
var unlimited = map[string]string{"再発行の間隔": "再発行に間隔はありません", "再発行できる時刻": "再発行に間隔はありません",
	"無操作の制限時間": "無操作の期限はありません", "無操作の期限": "無操作の期限はありません",
	"ログイン停止の時間": "ログインは止まりません", "ログインの停止が終わる時刻": "ログインは止まりません"}

// lasting is a length of time, by a limit or as it is written.
func lasting(ctx context.Context, text string) (time.Duration, error) {
	found := span.FindStringSubmatch(text)
	if found == nil {
		return exactly(ctx, text)
	}
	s, err := In(ctx)
	if err != nil {
		return 0, err
	}
	n := s.numbers()
	d := map[string]time.Duration{"再発行の間隔": n.ReissueInterval, "再発行できる時刻": n.ReissueInterval,
		"無操作の制限時間": n.Idle, "無操作の期限": n.Idle,
		"ログイン停止の時間": n.LoginLock, "ログインの停止が終わる時刻": n.LoginLock}[found[1]]
	if d <= 0 && found[2] != "" {
		return 0, fmt.Errorf("%w: policy によれば、%s", driver.ErrInapplicable, unlimited[found[1]])
	}
	if text, before := strings.CutSuffix(found[2], "秒前"); before {
		seconds, _ := strconv.Atoi(text) // digits
		if d -= max(time.Duration(seconds)*time.Second, s.margin()); d < 0 {
			return 0, fmt.Errorf("%w: %sの%sは、始まる前か、実装の時計の誤差（clock の precision）より近い時なので、試せません",
				driver.ErrInapplicable, found[1], found[2])
		}
	}
	switch found[2] {
	case "1秒後":
		d += s.margin()
	case "3分の2":
		d = d * 2 / 3
	case "3分の1":
		d /= 3
	}
	return d, nil
}
