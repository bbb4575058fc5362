# Loss against training tokens of every run, a panel a row. Data: figure-4-cells-130m-proxy.dat
set terminal svg size 880,500 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'figure-4-cells-130m-proxy.svg'
set multiplot
unset key
set border 3 lc rgb '#444444'
set tics nomirror scale 0.6
set grid lc rgb '#dddddd' lt 1
set xrange [0:2.297659]; set yrange [3.7692630551862365:4.693551117054725]
set xtics ('0' 0.0, '1' 1.0, '2' 2.0) font ',12'
set ytics ('3.8' 3.8000000000000003, '4' 4.0, '4.2' 4.2, '4.4' 4.4, '4.6' 4.6000000000000005) font ',12'
set label 90 'Training loss (nats a token) of every run, 130M proxy, scale quick' at screen 0.05227,0.96800 font ',15'
set label 91 'Training tokens seen (10⁶)' at screen 0.5,0.03200 center
set arrow 1 from screen 0.05227,0.91600 to screen 0.08182,0.91600 nohead lw 1.6 lc rgb '#0072B2'
set label 92 'final runs, one line a seed' at screen 0.08864,0.91600 font ',12'
set lmargin at screen 0.05227; set rmargin at screen 0.31970
set bmargin at screen 0.53200; set tmargin at screen 0.82400
set label 1 'Support 1' at screen 0.05227,0.84400
plot 'figure-4-cells-130m-proxy.dat' index 0 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'figure-4-cells-130m-proxy.dat' index 1 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'figure-4-cells-130m-proxy.dat' index 2 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
set lmargin at screen 0.38561; set rmargin at screen 0.65303
set bmargin at screen 0.53200; set tmargin at screen 0.82400
set label 1 'Support 2' at screen 0.38561,0.84400
plot 'figure-4-cells-130m-proxy.dat' index 3 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'figure-4-cells-130m-proxy.dat' index 4 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'figure-4-cells-130m-proxy.dat' index 5 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
set lmargin at screen 0.71894; set rmargin at screen 0.98636
set bmargin at screen 0.53200; set tmargin at screen 0.82400
set label 1 'Support 3' at screen 0.71894,0.84400
plot 'figure-4-cells-130m-proxy.dat' index 6 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'figure-4-cells-130m-proxy.dat' index 7 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'figure-4-cells-130m-proxy.dat' index 8 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
set lmargin at screen 0.05227; set rmargin at screen 0.31970
set bmargin at screen 0.14000; set tmargin at screen 0.43200
set label 1 'Support 4' at screen 0.05227,0.45200
plot 'figure-4-cells-130m-proxy.dat' index 9 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'figure-4-cells-130m-proxy.dat' index 10 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'figure-4-cells-130m-proxy.dat' index 11 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
set lmargin at screen 0.38561; set rmargin at screen 0.65303
set bmargin at screen 0.14000; set tmargin at screen 0.43200
set label 1 'Support 5' at screen 0.38561,0.45200
plot 'figure-4-cells-130m-proxy.dat' index 12 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'figure-4-cells-130m-proxy.dat' index 13 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'figure-4-cells-130m-proxy.dat' index 14 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
unset multiplot
