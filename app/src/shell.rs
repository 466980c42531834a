//! The HTML document around the application.

use crate::{App, boot, urls};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// Addresses of the built files, with their hashes: `/pkg/redress.0f3a….js`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

/// Says that script is there before the first paint, so that nothing jumps.
const MARK: &str = "document.documentElement.classList.add('js')";

/// Lets the pages work, kindly, without a network.
const WORKER: &str = "if('serviceWorker' in navigator)navigator.serviceWorker.register('/sw.js').catch(()=>{})";

/// If the client can't start, the page falls back to what works without it.
fn start(assets: &Assets) -> String {
    format!(
        "const root=document.documentElement;import('{}').then(m=>m.default({{module_or_path:'{}'}}).then(()=>{{m.hydrate();\
         root.dataset.ready=''}})).catch(e=>{{root.classList.remove('js');console.error(e)}});{WORKER}",
        assets.js, assets.wasm
    )
}

/// The whole document. The request's handler has provided [`boot::Boot`] and the nonce.
pub fn shell(assets: &Assets) -> impl IntoView + use<> {
    let boot = boot::read();
    let plain = use_context::<http::request::Parts>().is_some_and(|request| urls::is_plain(request.uri.path()));
    let start = if plain { WORKER.to_owned() } else { start(assets) };
    let Assets { js, wasm, css } = assets.clone();
    let build = js.clone();
    view! {
        <!DOCTYPE html>
        <html lang=boot.locale.tag() data-build=build data-ready=plain.then_some("")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#f5f6f4" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#14171a" media="(prefers-color-scheme: dark)"/>
                <meta name="format-detection" content="telephone=no"/>
                {(!plain).then(|| view! { <script nonce=use_nonce()>{MARK}</script> })}
                <link rel="stylesheet" href=css/>
                {if plain {
                    // For the next page.
                    view! {
                        <link rel="prefetch" href=js crossorigin="anonymous"/>
                        <link rel="prefetch" href=wasm crossorigin="anonymous"/>
                    }
                        .into_any()
                } else {
                    view! {
                        <link rel="modulepreload" href=js crossorigin="anonymous"/>
                        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                    }
                        .into_any()
                }}
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="icon" href="/icon.svg" r#type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icon-192.png"/>
                <MetaTags/>
                <script r#type="module" nonce=use_nonce()>
                    {start}
                </script>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
