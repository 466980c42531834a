//! The form within a page of the shop's: see `frontend/public/embed.js` and the frame's height in `crate::shell`.

use domain::id::Key;

/// The line to copy into a page; `public_url` is ours, without a slash at its end. Without `type_key` the page asks first
/// what it is about.
pub fn snippet(public_url: &str, type_key: Option<&Key>) -> String {
    let kind = type_key.map_or_else(String::new, |key| format!(" data-type=\"{key}\""));
    format!("<script src=\"{public_url}/embed.js\"{kind} async></script>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_to_copy() {
        let shoes: Key = "shoes".parse().expect("a key");
        let all = "<script src=\"https://redress.example/embed.js\" async></script>";
        assert_eq!(snippet("https://redress.example", None), all);
        let one = "<script src=\"https://redress.example/embed.js\" data-type=\"shoes\" async></script>";
        assert_eq!(snippet("https://redress.example", Some(&shoes)), one);
    }
}
