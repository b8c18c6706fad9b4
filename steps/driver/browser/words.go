package browser

// What things are called on the screens, as the guide shows them. An
// implementation that calls them otherwise says so in Config.Foreign.

// Buttons and links.
const (
	searchButton   = "検索"
	loginFromPC    = "Netアンサーログイン"     // p25
	loginFromPhone = "ログイン"            // p25
	register       = "Netアンサー新規登録(無料)" // p25
	openTerms      = "Netアンサー規約"       // p31
	closeTerms     = "× 閉じる"           // p31
	agree          = "規約に同意して確認画面に進む"  // p31
	proceed        = "ご本人様確認へ進む"       // p33
	revise         = "戻って修正する"         // p33
	verify         = "認証する"            // p34
	finishCall     = "認証を完了する"         // p35
	reissue        = "ワンタイムパスコードを再発行する"
	restart        = "最初からやり直す"
	firstLogin     = "さっそくログインしてみましょう" // p36
	login          = "ログインする"
	foundHome      = "セゾンカード ホームページ" // among what a search finds (p25)
)

// Fields, groups of fields and regions.
const (
	searchWords  = "検索する言葉"
	cardNumber   = "クレジットカード番号" // a choice and three boxes (p26)
	expiry       = "有効期限"       // two boxes (p27)
	month        = "月"
	year         = "年"
	securityCode = "セキュリティコード"
	netAnswerID  = "NetアンサーID"
	password     = "Netアンサーパスワード"
	confirmation = "確認用パスワード"
	emailPC      = "パソコン"
	emailMobile  = "携帯電話・スマートフォン"
	newsletter   = "キャンペーンやプレゼントなどおトクなメールを受け取る"
	terms        = "セゾンNetアンサー規約"
	passcodeBox  = "ワンタイムパスコード"
	progressList = "お手続きの進み具合" // not seen, but read out
)

// Titles of screens, which are their documents' titles up to titleEnd.
const (
	homeTitle = "ホームページ"
	titleEnd  = " | "
)

// FormLabels are the fields and the button of the registration form, without
// which nobody gets on.
func FormLabels() []string {
	return []string{
		cardNumber,
		expiry,
		month,
		year,
		securityCode,
		netAnswerID,
		password,
		confirmation,
		emailPC,
		emailMobile,
		newsletter,
		agree,
	}
}

// Words is everything that is looked for on a page by what the guide calls it.
func Words() []string {
	return append(
		FormLabels(),
		searchButton,
		loginFromPC,
		loginFromPhone,
		register,
		openTerms,
		closeTerms,
		proceed,
		revise,
		verify,
		finishCall,
		reissue,
		restart,
		firstLogin,
		login,
		searchWords,
		terms,
		passcodeBox,
		progressList,
		homeTitle,
		softwareKeyboard,
		portalBanner,
		getApp,
		installApp,
		openApp,
		next,
		beginInApp,
		authenticate,
		choosePIN,
		chooseSMS,
		agreeInApp,
		backInApp,
		openAppTerms,
		appCardNumber,
		pinBox,
		appEmail,
		appCode,
	)
}
