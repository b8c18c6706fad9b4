package browser

import (
	"fmt"
	"net"
	"net/url"

	"example.com/netanswer/steps/driver"
)

// origin is where the pages of a world are: on the world's own host of this
// machine, so that cookies of one are none of another's.
func origin(at driver.World) (string, error) {
	base, err := url.Parse(at.Base)
	if err != nil {
		return "", fmt.Errorf("address of the pages: %w", err)
	}
	host := base.Hostname()
	if ip := net.ParseIP(host); base.Scheme != "http" || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", fmt.Errorf("address of the pages: %q is not on this machine, by http", at.Base)
	}
	if at.Name == "" {
		return "", fmt.Errorf("a world without a name")
	}
	world := url.URL{Scheme: base.Scheme, Host: at.Name + ".localhost"}
	if port := base.Port(); port != "" {
		world.Host += ":" + port
	}
	return world.String(), nil
}

// What is typed into the address bar, and never looked for on a page, besides
// the steps.
const (
	searchPage    = "検索"
	loginPage     = "ログイン"         // of the web, where the app has no way there
	guidePage     = "セゾンPortalアプリ" // the page that leads to the app
	storeOfDevice = "アプリのストア"      // where the two-dimensional code leads
	appIcon       = "アプリ"          // what its icon on the smartphone opens
)

// places are the addresses that a person may have kept from another time or
// heard of, by the titles of their screens. An address that was seen in the
// session is taken first.
var places = map[string]string{
	homeTitle:      "/",
	searchPage:     "/search",
	"入力":           "/registration/input",
	"確認":           "/registration/confirm",
	"ワンタイムパスコード認証": "/registration/passcode",
	"完了":           "/registration/completed",

	loginPage: "/login",
	guidePage: "/app",

	storeOfDevice: "/app/store",
	appIcon:       "/app/open",
	"送付先の確認":      "/app/registration/destination",
	"ワンタイムパスコードの入力":   "/app/registration/passcode",
	"メール設定":           "/app/registration/email",
	"Netアンサーパスワードの設定": "/app/registration/password",
	"利用規約の確認":         "/app/registration/terms",
	"登録完了":            "/app/registration/completed",
}

// page is an address without what may be secret in it.
func page(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address that cannot be read"
	}
	u.RawQuery, u.Fragment, u.User = "", "", nil
	return u.String()
}
