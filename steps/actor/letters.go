package actor

import (
	"context"
	"fmt"
	"strings"
)

// LogsInWithCapitals logs in with the ID or the password in capital letters, and
// the other as it was chosen.
func LogsInWithCapitals(ctx context.Context, name, what string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	id, password := a.ID, a.Password
	switch what {
	case "ID":
		id = strings.ToUpper(id)
	case "パスワード":
		password = strings.ToUpper(password)
	default:
		return fmt.Errorf("「%s」はIDでもパスワードでもありません", what)
	}
	return a.see(a.session.Login(ctx, id, password))
}
