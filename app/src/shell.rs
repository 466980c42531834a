//! The HTML document around the application.

use crate::guise::Guise;
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

/// Origins of pages that may show a customer's form in a frame.
#[derive(Clone, Debug, Default)]
pub struct Sites(pub Vec<String>);

/// Tells the page around a frame how high it is: once that page has asked (see `embed.js`), and only if it may.
fn height(sites: &[String]) -> String {
    let sites = serde_json::to_string(sites).unwrap_or_default().replace('<', "\\u003c");
    format!(
        "addEventListener('message',e=>{{if(e.source!==parent||e.data!=='redress'||!{sites}.includes(e.origin))return;\
         new ResizeObserver(()=>parent.postMessage({{redress:Math.ceil(document.body.getBoundingClientRect().height)}},\
         e.origin)).observe(document.body)}})"
    )
}

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
    let address = use_context::<http::request::Parts>().map(|request| request.uri).unwrap_or_default();
    let plain = urls::is_plain(address.path());
    let framed =
        urls::is_below(address.path(), urls::REPORT) && Guise::of_query(address.query().unwrap_or_default()).framed;
    let start = if plain { WORKER.to_owned() } else { start(assets) };
    let height = framed.then(|| height(&use_context::<Sites>().unwrap_or_default().0));
    let fetched_ahead = urls::leads_to_client(address.path());
    let Assets { js, wasm, css } = assets.clone();
    let build = js.clone();
    view! {
        <!DOCTYPE html>
        <html lang=boot.locale.tag() data-build=build data-ready=plain.then_some("") data-theme=framed.then_some("light")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#f5f6f4" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#14171a" media="(prefers-color-scheme: dark)"/>
                <meta name="format-detection" content="telephone=no"/>
                {(!plain).then(|| view! { <script nonce=use_nonce()>{MARK}</script> })}
                {height.map(|height| view! { <script nonce=use_nonce()>{height}</script> })}
                <link rel="stylesheet" href=css/>
                {if plain && !fetched_ahead {
                    ().into_any()
                } else if plain {
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
