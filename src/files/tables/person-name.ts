/** Given names that are common in Sweden, in any generation and of any origin, but for those that are also words. */
const GIVEN_NAMES = new Set(
  [
    'anna_eva_maria_karin_kristina_christina_lena_sara_emma_kerstin_ingrid_marie_malin_jenny_birgitta',
    'annika_elin_ulla_linda_susanne_elisabeth_elisabet_inger_hanna_monica_monika_johanna_sofia_sofie_julia',
    'helena_marianne_ida_camilla_kamilla_alice_anette_annette_ingela_sandra_margareta_gunilla_barbro_anneli',
    'jessica_lisa_siv_frida_cecilia_elsa_ebba_åsa_astrid_alva_klara_clara_wilma_vilma_ella_lovisa_louise',
    'agneta_ann_britt_gun_gunnel_berit_caroline_carolina_karolina_matilda_mathilda_therese_terese_josefin',
    'josefine_madeleine_mikaela_michaela_ulrika_ylva_yvonne_veronica_veronika_viktoria_victoria_tove_tilda',
    'tuva_nova_molly_maja_stina_signe_selma_ronja_rebecca_rebecka_petra_pia_pernilla_nathalie_natalie_moa',
    'mona_mia_märta_linn_lina_lillian_leila_laila_kajsa_katarina_katarzyna_jonna_ingegerd_hilda_hedvig',
    'fanny_felicia_evelina_erika_ellinor_ellen_edith_doris_daniela_carina_karina_bodil_birgit_beatrice_anita',
    'angelica_angelika_andrea_amanda_agnes_ragnhild_rut_ruth_sigrid_solveig_svea_tyra_vera_vendela_wilhelmina',
    'lars_mikael_michael_anders_johan_erik_eric_per_peter_petter_karl_carl_jan_thomas_tomas_daniel_fredrik',
    'hans_andreas_stefan_mats_marcus_markus_mattias_matthias_magnus_jonas_bengt_bo_niklas_niclas_martin',
    'oskar_oscar_leif_alexander_viktor_victor_patrik_björn_henrik_filip_philip_joakim_robert_simon_emil',
    'christoffer_kristoffer_anton_christian_kristian_william_göran_johannes_christer_krister_håkan_gustav',
    'gustaf_linus_rickard_richard_robin_hugo_kjell_tobias_lennart_elias_sebastian_rolf_adam_lucas_lukas_david',
    'samuel_isak_ulf_jakob_jacob_jörgen_jonathan_jonatan_benjamin_stig_joel_kenneth_roger_olof_olle_olov',
    'nils_axel_albin_arvid_alfred_arne_åke_bertil_birger_börje_claes_klas_conny_dennis_douglas_edvin_edward',
    'einar_elliot_erling_evert_folke_fritz_georg_gert_gösta_gunnar_harald_harry_helge_henning_herman_holger',
    'ingemar_ingvar_ivar_jens_jerker_jimmy_johnny_john_josef_kent_knut_kurt_lasse_leo_leon_liam_loke_ludvig',
    'malte_manfred_mårten_melker_melvin_milton_morgan_noah_noel_otto_ove_pär_pontus_ragnar_rasmus_roland',
    'rune_sigvard_sixten_sören_staffan_sten_sture_sune_svante_sven_tage_theodor_theo_tommy_tony_tor_tore_torsten',
    'ture_urban_valdemar_verner_vidar_vilgot_vincent_wilhelm_yngve_örjan_östen_ahmed_ahmad_ali_abdi_abdullah',
    'abdul_abdulrahman_amir_amina_aisha_aysha_asha_ayaan_bilal_dalia_dina_elena_elif_emir_fadumo_farah_faduma',
    'fatima_fatma_fatuma_habiba_halima_hamza_hassan_hasan_hawa_hodan_hussein_husein_ibrahim_idris_ismail_jamal',
    'jamila_kadir_karim_khadija_khalid_layla_leyla_mahmoud_mahmud_malik_mariam_maryam_mehmet_mehdi_mohamed',
    'mohammad_mohammed_muhammad_muhammed_mustafa_nadia_nasra_noor_nour_omar_osman_rami_rana_rashid_reza_saeed',
    'safiya_sahra_said_salma_samir_samira_sami_shirin_suleiman_tarek_tariq_yasin_yasmin_yasmine_yousef_yusuf',
    'youssef_zahra_zainab_zaynab_aleksander_aleksandra_agnieszka_ana_aino_dragan_dmitri_goran_ivan_ivana_jasmina',
    'jelena_josip_juha_jukka_marek_marko_matti_mikko_milan_mirjana_natalia_nikola_oksana_olena_olga_pavel_piotr',
    'sergej_svetlana_tatiana_tomasz_vladimir_zoran_aylin_berfin_dilan_rojin_rojda_siham_tesfay_yonas_selam',
  ].flatMap((line) => line.split('_')),
)

/** Words of names of places, schools and bodies, which are often named after people. */
const PLACE_OR_BODY =
  /^(norra|södra|östra|västra|centrala|inre|yttre|övre|nedre|gamla|nya|stora|lilla|sankt|s:t|ab|hb|kb|brf|if|ik|bk|sk|och)$|(skola|skolan|skolor|gymnasium|gymnasiet|gatan|gata|vägen|väg|gränd|torget|torg|plats|platsen|park|parken|kyrka|kyrkan|församling|församlingen|kommun|kommunen|län|centrum|stan|stad|staden|staden|villastad|området|område|socken|distrikt|distriktet|region|regionen|polisen|polisregion|enheten|enhet|avdelningen|avdelning|kontoret|förvaltningen|nämnden|förening|föreningen|fritidsgård|fritidsgården|gården|gård|bibliotek|biblioteket|boende|boendet|hemmet|huset|sjukhus|sjukhuset|bruk|backe|backen|berget|ängen|ön|holmen|udden|byn|police|street|road|council)$/u

const WORD = /^\p{Lu}\p{Ll}+(?:['’-]\p{L}\p{Ll}*)*$/u
const PARTICLE = /^(von|af|de|van|der|den|al|el|bin|ibn|di|la|abu)$/
const INITIAL = /^\p{Lu}\.?$/u
const SURNAME =
  /(sson|ström|qvist|kvist|gren|lund|berg|dahl|strand|blad|roth|stedt|lind|blom|ic|vić|ski|oğlu)$/u

/**
 * given: a name with a common given name in it; shape: two to four capitalised words, as names and much else are
 * written; single: a common given name alone.
 */
export type NameLikeness = 'given' | 'shape' | 'single' | null

/** How much a text looks like the name of a person. */
export function nameLikeness(text: string): NameLikeness {
  if (text.length > 60) return null
  const plain = text
    .normalize('NFC')
    .replace(/\([^)]*\)|,?\s+(f\.?|född)\s?\d.*$|,\s*\d{1,3}\s*år$/gu, ' ')
    .replace(/^\s*([^,]+),\s*([^,]+)$/, '$2 $1')
    .trim()
  if (/[\d@/]/.test(plain)) return null
  const words = plain.split(/[\s\u00a0]+/).filter((word) => word !== '')
  if (words.length === 0 || words.length > 5) return null
  const lower = words.map((word) => word.toLowerCase())
  if (lower.some((word) => PLACE_OR_BODY.test(word))) return null
  if (words.length === 1) return isGiven(lower[0]!) ? 'single' : null
  const isUpper = plain === plain.toUpperCase() && /\p{Lu}{2}/u.test(plain)
  const isShaped =
    words.length <= 4 &&
    words.every((word, index) => {
      if (index > 0 && PARTICLE.test(word)) return true
      return WORD.test(word) || INITIAL.test(word) || (isUpper && /^[\p{Lu}'’-]{2,}$/u.test(word))
    })
  const hasGiven = isGiven(lower[0]!) || isGiven(lower.at(-1)!)
  if (hasGiven && (isShaped || SURNAME.test(lower.at(-1)!))) return 'given'
  return isShaped ? 'shape' : null
}

/** A double name by its first part: Anna-Karin. */
const isGiven = (word: string): boolean => GIVEN_NAMES.has(word.split('-')[0]!)
