//! The elements of mail programs.

use crate::check_html;

#[test]
fn quote_elements_of_mail_programs_go() {
    for quote in [
        r#"<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, Mar 3, 2026 Laura &lt;<a href="mailto:l@s.example">l@s.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">Is it done?</blockquote></div>"#,
        r#"<div class="gmail_extra"><br><div class="gmail_quote">On Tue, Mar 3, 2026 Laura wrote:<br><blockquote class="gmail_quote">Is it done?</blockquote></div></div>"#,
        r#"<div><blockquote type="cite"><div>On 3 Mar 2026, at 09:41, Laura wrote:</div><div>Is it done?</div></blockquote></div>"#,
        r#"<div class="moz-cite-prefix">Am 03.03.26 schrieb Laura:<br></div><blockquote type="cite" cite="mid:1@s.example">Fertig?</blockquote>"#,
        r#"<div id="yahoo_quoted_1" class="yahoo_quoted">On Tuesday, Laura wrote:<br>Is it done?</div>"#,
        r#"<div name="quote" style="margin:10px"><div><b>Gesendet:</b> Dienstag<br><b>Von:</b> Laura</div><div name="quoted-content">Fertig?</div></div>"#,
        r#"<span id="OLK_SRC_BODY_SECTION"><div>From: Laura</div><div>Is it done?</div></span>"#,
        r#"<hr><div id="divRplyFwdMsg"><b>From:</b> Laura<br><b>Sent:</b> Tuesday</div><div>Is it done?</div>"#,
        r#"<div id="x_appendonsend"></div><hr><div id="x_divRplyFwdMsg"><b>From:</b> Laura</div><p>Is it done?</p>"#,
        r#"<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Laura &lt;l@s.example&gt;<br><b>Sent:</b> Tuesday, March 3, 2026 9:41 AM<br><b>To:</b> Ana<br><b>Subject:</b> List</p></div><p>Is it done?</p>"#,
        r#"<div>Вторник, 3 марта 2026, 9:41 +03:00 от Laura &lt;l@s.example&gt;:<br><blockquote style="border-left:1px solid">Готово?</blockquote></div>"#,
        r#"<div>03.03.2026, 09:41, "Laura" &lt;l@s.example&gt;:</div><blockquote><p>Готово?</p></blockquote>"#,
        r#"<div class="protonmail_quote">On Tuesday, Laura wrote:<blockquote type="cite">Is it done?</blockquote></div>"#,
    ] {
        check_html(
            &format!(
                "<html><body><div>The list is done.</div><div><br></div><div>Shall I go on?</div><br>{quote}</body></html>"
            ),
            "The list is done. Shall I go on?",
        );
    }
}

#[test]
fn bare_text_headers_and_meant_quotations_are_told_apart_in_html() {
    check_html("Done.<br><blockquote>On Tue, Laura wrote: is it done?</blockquote>", "Done.");
    check_html(
        "<p>Done.<br>On Tue, Mar 3, 2026 at 9:41 AM, Laura &lt;l@s.example&gt; wrote:<br>&gt; Is it done?</p>",
        "Done.",
    );
    check_html(
        "<div>Done.<br><hr><b>From:</b> l@s.example<br><b>Date:</b> Tue, 3 Mar 2026 09:41<br><b>To:</b> ana@c.example<br><b>Subject:</b> List<br><br>Is it done?</div>",
        "Done.",
    );
    check_html(
        "<p>The terms say:</p><blockquote>Delivery within 5 days.</blockquote><p>So we are fine.</p>",
        "The terms say: Delivery within 5 days. So we are fine.",
    );
}

#[test]
fn answers_typed_into_quoted_html_stay() {
    check_html(
        r#"<div class="gmail_quote"><div class="gmail_attr">On Tue, Laura wrote:</div><blockquote class="gmail_quote">Is it done?</blockquote><div>Yes.</div><blockquote class="gmail_quote">Who has it?</blockquote><div>Ben.</div></div>"#,
        "Yes. Ben.",
    );
    check_html(r#"<blockquote type="cite">Is it done?</blockquote><p>Yes, since noon.</p>"#, "Yes, since noon.");
    check_html(
        "<!--[if mso]><p>hidden</p><![endif]--><p>Done.<o:p></o:p></p><p>On 3 Mar 2026, at 09:41, Laura Stein <laura@stein.example> wrote:</p><p>Is it done?</p>",
        "Done.",
    );
    check_html("<style>p { color: red }</style><script>alert(1)</script><title>Re</title><p>Done.</p>", "Done.");
}

#[test]
fn an_answer_below_an_unsigned_html_quote_stays() {
    check_html("<blockquote>Is it done?</blockquote><p>Yes, since noon.</p>", "Yes, since noon.");
    check_html(
        "<p>Yes.</p><div class=WordSection1><div><div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b><span>Von:</span></b><span> Laura Stein [mailto:laura@stein.example] <br><b>Gesendet:</b> Dienstag, 3. M&auml;rz 2026 09:41<br><b>An:</b> Ana<br><b>Betreff:</b> Liste<o:p></o:p></span></p></div></div><p>Fertig?</p></div>",
        "Yes.",
    );
    check_html(
        "<div>Yes.<hr id=\"stopSpelling\">Date: Tue, 3 Mar 2026 09:41:10 +0400<br>Subject: List<br>From: laura@stein.example<br>To: ana@cruz.example<br><br>Is it done?</div>",
        "Yes.",
    );
    check_html(
        "<table><tr><td>Yes.</td></tr></table><br><table><tr><td>From:</td><td>Laura &lt;laura@stein.example&gt;</td></tr><tr><td>To:</td><td>Ana</td></tr><tr><td>Date:</td><td>3 Mar 2026 09:41</td></tr><tr><td>Subject:</td><td>List</td></tr></table>Is it done?",
        "Yes.",
    );
}
